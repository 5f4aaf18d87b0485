"""An activity as it is decided on: what it is to be, and who has a place, waits, came and went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from services.volunteer.activity.events import ActivityPlanned
from services.volunteer.activity.plan import When
from services.volunteer.activity.words import ActivityStatus, Arrival, Attended


@dataclass(frozen=True)
class Seat:
    """Somebody who signed up. `mark` is what a recorder said of them last, which counts before
    what they did themselves."""

    waiting: bool
    since: datetime | None = None
    until: datetime | None = None
    evidence: Arrival | None = None
    proof: str | None = None
    mark: Attended | None = None
    marked_by: Arrival = "recorder"
    minutes: int | None = None

    @property
    def came(self) -> bool:
        """Whether they took part."""
        if self.mark is not None:
            return self.mark != "absent"
        return self.since is not None


@dataclass(frozen=True)
class Activity:
    """`seats` stand in the order in which people signed up."""

    status: ActivityStatus = "new"
    planned: ActivityPlanned | None = None
    when: When | None = None
    seats: Mapping[UUID, Seat] = field(default_factory=dict)

    @property
    def territory(self) -> str:
        """Where it takes place."""
        return self.planned.territory if self.planned else ""

    def free(self) -> int | None:
        """How many places are left; None where there is no limit."""
        if self.when is None or self.when.capacity is None:
            return None
        return self.when.capacity - sum(not seat.waiting for seat in self.seats.values())

    def present(self) -> int:
        """How many have come until now."""
        return sum(seat.came for seat in self.seats.values())

"""Resident stays: who came to which home when. A stay lasts until the next of the same person, so
that one event is one row; leaving the district is a stay in no building."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.territory.log import TerritoryEvent
from services.territory.resident.events import (
    ResidentLeft,
    ResidentMoved,
    ResidentRegistered,
    ResidentReturned,
)
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, own_event


@dataclass(frozen=True)
class StayRow:
    """The stay that began with event `number` of this person."""

    stay_id: UUID
    person_id: UUID
    number: int
    building: str | None
    household: UUID | None
    since: datetime


def fold(_: StayRow | None, recorded: Recorded[TerritoryEvent]) -> StayRow | None:
    """The row of this event."""
    building, household = None, None
    event = recorded.event
    if isinstance(event, ResidentRegistered | ResidentMoved | ResidentReturned):
        building, household = event.building, event.household
    return StayRow(
        stay_id=own_event(recorded),
        person_id=recorded.stream_id,
        number=recorded.version,
        building=building,
        household=household,
        since=recorded.occurred_at,
    )


resident_stays: ReadModel[StayRow, TerritoryEvent] = ReadModel(
    name="resident_stays",
    row=StayRow,
    fold=fold,
    key=own_event,
    of=ResidentRegistered | ResidentMoved | ResidentReturned | ResidentLeft,
    indexes=("(building, person_id)", "(person_id, number)", "(household)"),
)

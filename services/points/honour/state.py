"""An honour as it is decided on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.points.honour.events import HonourNominated, HonourRecorded
from services.points.honour.words import HonourStatus, Verdict


@dataclass(frozen=True)
class Objection:
    """Who objected, and what was found."""

    objector: str
    verdict: Verdict = "open"


@dataclass(frozen=True)
class Honour:
    """`told` is the last nomination, or the record of what was granted before; `until` is the last
    day of its notice, `objections` are by number; `granted` is the version of the event since which
    it is held. `version` counts the events."""

    status: HonourStatus = "new"
    version: int = 0
    told: HonourNominated | HonourRecorded | None = None
    until: str | None = None
    objections: Mapping[int, Objection] = field(default_factory=dict)
    granted: int = 0

    @property
    def territory(self) -> str:
        """Where the holder is at home."""
        return self.told.territory if self.told else ""

    @property
    def owner(self) -> str | None:
        """Whose own this is: the person who holds it, or who stands for the household."""
        return str(self.told.person) if self.told and self.told.person else None

    @property
    def nominated(self) -> HonourNominated:
        """The nomination that is being decided on."""
        assert isinstance(self.told, HonourNominated)
        return self.told

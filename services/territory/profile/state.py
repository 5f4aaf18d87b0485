"""A profile as it is decided on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import immutables

from services.territory.profile.words import ManagementMode, Manager


@dataclass(frozen=True)
class Spell:
    """It is managed so, by that unit, from `since` on, until the next spell; `needs` is what it
    must have been before, where the event says so."""

    since: datetime
    mode: ManagementMode
    unit: str | None = None
    needs: ManagementMode | None = None


@dataclass(frozen=True)
class Handover:
    """Begun by event `number`, to whom."""

    number: int
    since: datetime
    mode: Manager
    unit: str | None


@dataclass(frozen=True)
class Profile:
    """`spells` in order of time. `told` holds when what has been declared, by its name: no two at
    one moment. `trained` are the trainings by kind and day."""

    version: int = 0
    territory: str = ""
    spells: tuple[Spell, ...] = ()
    handover: Handover | None = None
    told: immutables.Map[str, frozenset[datetime]] = field(default_factory=immutables.Map)
    practices: immutables.Map[str, datetime] = field(default_factory=immutables.Map)
    trained: frozenset[tuple[str, str]] = frozenset()

    def spell(self, moment: datetime) -> Spell | None:
        """How it was managed at that moment; None where nothing is known of then."""
        found = [spell for spell in self.spells if spell.since <= moment]
        return found[-1] if found else None

    def mode(self, moment: datetime) -> ManagementMode | None:
        """The same without the unit."""
        found = self.spell(moment)
        return found.mode if found else None

    def next(self, moment: datetime) -> Spell | None:
        """The first spell after that moment."""
        return next((spell for spell in self.spells if spell.since > moment), None)

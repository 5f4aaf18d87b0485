"""A roster as its events leave it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import immutables


@dataclass(frozen=True)
class Household:
    """The dwelling behind a door. `since` is when it came onto the roster last, `changed` when
    anything last happened to it; `area_dm2` is in square decimetres."""

    door: str
    area_dm2: int
    since: datetime
    changed: datetime
    occupied: bool = True
    is_open: bool = True


@dataclass(frozen=True)
class Roster:
    """All households a building has or had, by id; `building` is '' before the first."""

    building: str = ""
    households: immutables.Map[UUID, Household] = field(default_factory=immutables.Map)

    @property
    def open_doors(self) -> list[str]:
        """The doors behind which there is a household now."""
        return sorted(one.door for one in self.households.values() if one.is_open)

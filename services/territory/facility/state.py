"""A facility as it is decided on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import immutables

from services.territory.facility.words import FacilityKind, Status


@dataclass(frozen=True)
class Facility:
    """`functions` by name: the event that began it. `changed` is when it was last planned, opened,
    closed, or given or relieved of a function; `used` the last day with visits."""

    status: Status = "none"
    version: int = 0
    code: str = ""
    kind: FacilityKind | None = None
    name: str = ""
    territory: str = ""
    opened: datetime | None = None
    changed: datetime | None = None
    used: str = ""
    functions: immutables.Map[str, int] = field(default_factory=immutables.Map)

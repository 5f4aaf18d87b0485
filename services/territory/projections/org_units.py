"""Units: what each is, what it lies under now, and from when to when it existed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.territory.unit.events import UnitDissolved, UnitFormed, UnitNested
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel
from shared.core.state import replace


@dataclass(frozen=True)
class UnitRow:
    """A unit. `territory` is where it was formed; `until` is when it was dissolved."""

    unit_id: UUID
    code: str
    kind: str
    name: str
    territory: str
    parent: str | None
    since: datetime
    until: datetime | None
    version: int


def fold(row: UnitRow | None, recorded: Recorded[Any]) -> UnitRow | None:
    """The unit after the event."""
    event, at, version = recorded.event, recorded.occurred_at, recorded.version
    if isinstance(event, UnitFormed):
        named = (event.code, event.kind, event.name, event.territory, event.parent)
        return UnitRow(recorded.stream_id, *named, at, None, version)
    if row is None:
        return None
    if isinstance(event, UnitNested):
        return replace(row, parent=event.parent, version=version)
    return replace(row, until=at, version=version)


org_units: ReadModel[UnitRow, Any] = ReadModel(
    name="org_units",
    row=UnitRow,
    fold=fold,
    of=UnitFormed | UnitNested | UnitDissolved,
    indexes=("(code)", "(territory, code)", "(parent, code)"),
)

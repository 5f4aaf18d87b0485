"""Where each unit lay under others, one row for each time it was put somewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.territory.unit.events import UnitFormed, UnitNested
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, own_event


@dataclass(frozen=True)
class PlacementRow:
    """Under `parent`, None for none, from `since` until the next row of the unit."""

    placement_id: UUID
    code: str
    parent: str | None
    since: datetime
    version: int


def fold(_: PlacementRow | None, recorded: Recorded[Any]) -> PlacementRow:
    """The row of this event."""
    event = recorded.event
    at, version = recorded.occurred_at, recorded.version
    return PlacementRow(own_event(recorded), event.code, event.parent, at, version)


unit_placements: ReadModel[PlacementRow, Any] = ReadModel(
    name="unit_placements",
    row=PlacementRow,
    fold=fold,
    key=own_event,
    of=UnitFormed | UnitNested,
    indexes=("(code, since, version)", "(parent)"),
)

"""What belongs to each facility, and the sums of it by facility and kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.territory.facility.events import AssetRegistered
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, Tally, own_event


@dataclass(frozen=True)
class AssetRow:
    """One entry; the area is of all of it together, in square decimetres."""

    asset_id: UUID
    code: str
    kind: str
    count: int
    area_dm2: int | None
    since: datetime


def fold(_: AssetRow | None, recorded: Recorded[Any]) -> AssetRow:
    """The row of this event."""
    event: AssetRegistered = recorded.event
    told = (event.code, event.kind, event.count, event.area_dm2)
    return AssetRow(own_event(recorded), *told, recorded.occurred_at)


asset_register: ReadModel[AssetRow, Any] = ReadModel(
    name="asset_register",
    row=AssetRow,
    fold=fold,
    key=own_event,
    of=AssetRegistered,
    indexes=("(code, since)",),
    tally=Tally(
        name="asset_sum",
        keys=("code", "kind"),
        measures=("pieces", "area_dm2"),
        count=lambda row: {
            (row.code, row.kind): {"pieces": row.count, "area_dm2": row.area_dm2 or 0}
        },
    ),
)

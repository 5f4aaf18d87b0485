"""The points supermarkets there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never
from uuid import UUID

from services.points.shop.events import ShopChanged, ShopClosed, ShopEvent, ShopOpened, ShopReopened
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel
from shared.core.state import replace

Told = ShopOpened | ShopChanged | ShopClosed | ShopReopened


@dataclass(frozen=True)
class ShopRow:
    """One shop, as people are told of it."""

    shop_id: UUID
    territory: str
    name: str
    place: str
    hours: str
    status: str
    version: int
    opened_at: datetime


def fold(row: ShopRow | None, recorded: Recorded[ShopEvent]) -> ShopRow | None:
    """The shop after the event."""
    event = recorded.event
    if isinstance(event, ShopOpened):
        return ShopRow(
            shop_id=recorded.stream_id, territory=event.territory, name=event.name,
            place=event.place, hours=event.hours, status="open", version=recorded.version,
            opened_at=recorded.occurred_at,
        )  # fmt: skip
    if row is None:
        return None
    row = replace(row, version=recorded.version)
    match event:
        case ShopChanged(name=name, place=place, hours=hours):
            changed = replace(row, name=name or row.name, place=place or row.place)
            return replace(changed, hours=hours or row.hours)
        case ShopClosed():
            return replace(row, status="closed")
        case ShopReopened():
            return replace(row, status="open")
        case _:
            assert_never(event)


shops: ReadModel[ShopRow, ShopEvent] = ReadModel(
    name="shops", row=ShopRow, fold=fold, of=Told, indexes=("(territory)",)
)

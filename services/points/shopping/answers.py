"""What clients get of shops and of what they chose."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from services.points.words import Holder, Span
from shared.runtime.projections.watermarks import Watermark


class ShopView(BaseModel):
    """A points supermarket: where it is, and when it is open."""

    id: UUID
    version: int
    territory: str
    name: str
    place: str
    hours: str
    status: Literal["open", "closed"]


class ShopList(BaseModel):
    """Shops by territory and name."""

    items: list[ShopView]
    watermark: Watermark


class Offer(BaseModel):
    """An item: what a piece costs today, null where it has no price today, how many are on the
    `shelf`. An account may have `most` within a `span`."""

    id: UUID
    name: str
    unit: str
    category: str
    points: int | None
    shelf: int
    most: int | None
    span: Span | None


class Catalogue(BaseModel):
    """What a shop offers today, by category and name. An account spends `least` points at a time,
    and what it chose is kept for `pickup_hours`."""

    shop: ShopView
    items: list[Offer]
    least: int
    opens: int
    pickup_hours: int
    watermark: Watermark


class RedemptionView(BaseModel):
    """Something chosen. `code` is shown to who fetches it, while it waits, and to nobody else;
    `returnable` says until which day it may come back."""

    id: UUID
    version: int
    kind: Holder
    holder: UUID
    shop: UUID
    shop_name: str
    shop_place: str
    hours: str
    item: UUID
    name: str
    unit: str
    quantity: int
    points: int
    status: Literal["held", "fulfilled", "cancelled"]
    reason: str
    shown: str
    back: int
    refunded: int
    asked_at: datetime
    due: datetime
    ended_at: datetime | None
    code: str | None
    watermark: Watermark | None = None


class RedemptionList(BaseModel):
    """Redemptions, the latest first."""

    items: list[RedemptionView]
    next: datetime | None
    watermark: Watermark

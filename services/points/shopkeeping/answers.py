"""What clients get who keep a shop."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from services.points.shopping.answers import ShopView
from services.points.words import Span
from shared.runtime.projections.watermarks import Watermark


class PriceView(BaseModel):
    """So many points a piece from day `since` to day `until`, both in."""

    points: int
    since: str
    until: str | None


class StockLine(BaseModel):
    """An item: all that ever came, `stocked`, is on the `shelf`, `held`, `given` or written `off`.
    `points` is what a piece costs today."""

    id: UUID
    version: int
    name: str
    unit: str
    category: str
    status: str
    points: int | None
    prices: list[PriceView]
    most: int | None
    span: Span | None
    stocked: int
    shelf: int
    held: int
    given: int
    off: int


class StockView(BaseModel):
    """Everything a shop ever offered, by category and name."""

    shop: ShopView
    items: list[StockLine]
    watermark: Watermark


class Move(BaseModel):
    """One line: by how many pieces `shelf`, `held`, `given` and `off` changed, what was on the
    shelf and put aside after it. `cost` in fen."""

    number: int
    kind: str
    at: datetime
    quantity: int
    shelf: int
    held: int
    given: int
    off: int
    shelf_after: int
    held_after: int
    supply: str
    source: str
    cost: int
    reason: str
    redemption: UUID | None
    actor: str


class Moves(BaseModel):
    """The pieces of an item, the latest line first."""

    items: list[Move]
    next: int | None
    watermark: Watermark


class SupplyLine(BaseModel):
    """What one supplier delivered, or one partner gave; `cost` in fen."""

    supply: str
    source: str
    deliveries: int
    pieces: int
    cost: int
    latest: datetime


class Supplies(BaseModel):
    """What came from whom, the dearest first."""

    items: list[SupplyLine]
    watermark: Watermark

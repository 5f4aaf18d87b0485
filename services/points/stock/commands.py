"""What people may ask of an item of a shop."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.points.stock.events import Most
from services.points.stock.pricing import Price
from services.points.stock.words import CountReason, Loss, Supply
from shared.core.messages import Command


@dataclass(frozen=True, kw_only=True)
class ListItem(Command):
    """Offer an item in the shop, which is in this territory."""

    shop: UUID
    territory: str
    name: str
    unit: str
    category: str
    price: Price
    most: Most | None = None


@dataclass(frozen=True, kw_only=True)
class ChangeItem(Command):
    """Call, or limit, it so."""

    name: str
    unit: str
    category: str
    most: Most | None = None


@dataclass(frozen=True, kw_only=True)
class PriceItem(Command):
    """Let it cost so much in a period; of several the last one told counts."""

    price: Price
    asked_on: str


@dataclass(frozen=True, kw_only=True)
class DelistItem(Command):
    """Offer it no more."""


@dataclass(frozen=True, kw_only=True)
class RelistItem(Command):
    """Offer it again."""


@dataclass(frozen=True, kw_only=True)
class ReceiveStock(Command):
    """Take in pieces; `cost` of all of them in fen."""

    quantity: int
    supply: Supply
    source: str
    cost: int


@dataclass(frozen=True, kw_only=True)
class CountStock(Command):
    """Say how many pieces are there, those put aside among them."""

    counted: int
    reason: CountReason


@dataclass(frozen=True, kw_only=True)
class WriteOffStock(Command):
    """Let pieces be of no use any more."""

    quantity: int
    reason: Loss


@dataclass(frozen=True, kw_only=True)
class HoldStock(Command):
    """Put pieces aside for a redemption."""

    redemption: UUID
    quantity: int


@dataclass(frozen=True, kw_only=True)
class ReleaseStock(Command):
    """Put back what was put aside."""

    redemption: UUID


@dataclass(frozen=True, kw_only=True)
class HandOverStock(Command):
    """Give out what was put aside."""

    redemption: UUID


@dataclass(frozen=True, kw_only=True)
class TakeBackStock(Command):
    """Take back pieces that were given out."""

    redemption: UUID
    quantity: int
    usable: bool


StockCommand = (
    ListItem
    | ChangeItem
    | PriceItem
    | DelistItem
    | RelistItem
    | ReceiveStock
    | CountStock
    | WriteOffStock
    | HoldStock
    | ReleaseStock
    | HandOverStock
    | TakeBackStock
)

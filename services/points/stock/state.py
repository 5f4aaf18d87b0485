"""An item as it is decided on: its price, and where its pieces are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import assert_never
from uuid import UUID

from services.points.stock.events import (
    ItemChanged,
    ItemDelisted,
    ItemListed,
    ItemPriced,
    ItemRelisted,
    Most,
    StockCounted,
    StockEvent,
    StockHandedOver,
    StockHeld,
    StockReceived,
    StockReleased,
    StockReturned,
    StockWrittenOff,
)
from services.points.stock.pricing import Price, price_on
from services.points.stock.words import StockStatus
from shared.core.state import replace


@dataclass(frozen=True)
class Stock:
    """`shelf` pieces are free, `held` are put aside by redemption; `given` are those handed over
    and not brought back: for which redemption, that one knows, for they grow to many. All that ever
    came, `stocked`, is on the shelf, put aside, given or `off`: written off."""

    status: StockStatus = "new"
    shop: UUID | None = None
    territory: str = ""
    prices: tuple[Price, ...] = ()
    most: Most | None = None
    stocked: int = 0
    shelf: int = 0
    held: Mapping[UUID, int] = field(default_factory=dict)
    given: int = 0
    off: int = 0

    def price(self, day: str) -> int | None:
        """What a piece costs on this day."""
        return price_on(self.prices, day)


def evolve(stock: Stock, event: StockEvent) -> Stock:  # noqa: C901, PLR0911, PLR0912 - one arm an event
    """The item after the event."""
    match event:
        case ItemListed(shop=shop, territory=territory, price=price, most=most):
            known = replace(stock, status="listed", shop=shop, territory=territory)
            return replace(known, prices=(price,), most=most)
        case ItemChanged(most=most):
            return replace(stock, most=most)
        case ItemPriced(price=price):
            return replace(stock, prices=(*stock.prices, price))
        case ItemDelisted():
            return replace(stock, status="delisted")
        case ItemRelisted():
            return replace(stock, status="listed")
        case StockReceived(quantity=quantity):
            return replace(stock, stocked=stock.stocked + quantity, shelf=stock.shelf + quantity)
        case StockCounted(difference=more):
            return replace(stock, stocked=stock.stocked + more, shelf=stock.shelf + more)
        case StockWrittenOff(quantity=quantity):
            return replace(stock, shelf=stock.shelf - quantity, off=stock.off + quantity)
        case StockHeld(redemption=one, quantity=quantity):
            held = {**stock.held, one: quantity}
            return replace(stock, shelf=stock.shelf - quantity, held=held)
        case StockReleased(redemption=one, quantity=quantity):
            return replace(stock, shelf=stock.shelf + quantity, held=_less(stock.held, one))
        case StockHandedOver(redemption=one, quantity=quantity):
            return replace(stock, held=_less(stock.held, one), given=stock.given + quantity)
        case StockReturned():
            return _returned(stock, event)
        case _:
            assert_never(event)


def _returned(stock: Stock, event: StockReturned) -> Stock:
    given = stock.given - event.quantity
    if event.usable:
        return replace(stock, given=given, shelf=stock.shelf + event.quantity)
    return replace(stock, given=given, off=stock.off + event.quantity)


def _less(pieces: Mapping[UUID, int], one: UUID) -> dict[UUID, int]:
    return {other: quantity for other, quantity in pieces.items() if other != one}

"""The life of an item in a shop: offered, priced, taken in, put aside, given out, counted."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import assert_never

from services.points.stock import pieces
from services.points.stock.commands import (
    ChangeItem,
    CountStock,
    DelistItem,
    HandOverStock,
    HoldStock,
    ListItem,
    PriceItem,
    ReceiveStock,
    ReleaseStock,
    RelistItem,
    StockCommand,
    TakeBackStock,
    WriteOffStock,
)
from services.points.stock.events import (
    ItemChanged,
    ItemDelisted,
    ItemListed,
    ItemPriced,
    ItemRelisted,
    Most,
    StockEvent,
)
from services.points.stock.pricing import Price
from services.points.stock.state import Stock, evolve
from services.points.stock.upcasters import UPCASTERS
from services.points.stock.words import StockStatus
from shared.core.access import Thing
from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.messages import Rejected

THERE: Set[StockStatus] = frozenset({"listed", "delisted"})

ALLOWED: Mapping[type[StockCommand], Set[StockStatus]] = {
    ListItem:      {"new"},
    ChangeItem:    THERE,
    PriceItem:     THERE,
    DelistItem:    {"listed"},
    RelistItem:    {"delisted"},
    ReceiveStock:  THERE,
    CountStock:    THERE,
    WriteOffStock: THERE,
    HoldStock:     {"listed"},
    ReleaseStock:  THERE,
    HandOverStock: THERE,
    TakeBackStock: THERE,
}  # fmt: skip


def decide(command: StockCommand, stock: Stock) -> list[StockEvent]:  # noqa: C901, PLR0911 - one arm a command
    """The events a command leads to. Raises Rejected."""
    if stock.status not in ALLOWED[type(command)]:
        detail = "there is no such item" if stock.status == "new" else f"it is {stock.status}"
        raise Rejected(f"item_is_{stock.status}", detail, "item")
    match command:
        case ListItem() | ChangeItem() | PriceItem() | DelistItem() | RelistItem():
            return _offered(command)
        case ReceiveStock():
            return pieces.received(command)
        case CountStock():
            return pieces.counted(command, stock)
        case WriteOffStock():
            return pieces.written_off(command, stock)
        case HoldStock():
            return pieces.held(command, stock)
        case ReleaseStock() | HandOverStock():
            return pieces.ended(command, stock)
        case TakeBackStock():
            return pieces.taken_back(command, stock)
        case _:
            assert_never(command)


def _offered(
    command: ListItem | ChangeItem | PriceItem | DelistItem | RelistItem,
) -> list[StockEvent]:
    at = command.at
    match command:
        case ListItem(shop=shop, territory=territory, price=price):
            _sensible(price, command.most)
            about = {"name": command.name, "unit": command.unit, "category": command.category}
            listed = ItemListed(
                at=at, shop=shop, territory=territory, price=price, most=command.most, **about
            )
            return [listed]
        case ChangeItem(name=name, unit=unit, category=category, most=most):
            _sensible(None, most)
            return [ItemChanged(at=at, name=name, unit=unit, category=category, most=most)]
        case PriceItem(price=price):
            _sensible(price, None)
            if price.until is not None and price.until < command.asked_on:
                raise Rejected("price_is_past", f"it is {command.asked_on} today", "price/until")
            return [ItemPriced(at=at, price=price)]
        case DelistItem():
            return [ItemDelisted(at=at)]
        case RelistItem():
            return [ItemRelisted(at=at)]


def _sensible(price: Price | None, most: Most | None) -> None:
    if price is not None and price.points <= 0:
        raise Rejected("price_not_positive", "name at least one point", "price/points")
    if price is not None and price.until is not None and price.until < price.since:
        raise Rejected("price_ends_first", "it ends before it begins", "price/until")
    if most is not None and most.quantity <= 0:
        raise Rejected("limit_not_positive", "name at least one piece", "most/quantity")


def concerns(command: StockCommand, stock: Stock) -> Thing:
    """Where the shop is."""
    place = command.territory if isinstance(command, ListItem) else stock.territory
    return Thing((place,) if place else ())


stock: Decider[StockCommand, Stock, StockEvent] = Decider(
    category="stock",
    initial=Stock(),
    decide=decide,
    evolve=evolve,
    territory=lambda state: state.territory,
    events=Catalogue.of(StockEvent, UPCASTERS),
    concerns=concerns,
)

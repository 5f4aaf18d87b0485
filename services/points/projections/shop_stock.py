"""What each shop offers, at which prices, and where its pieces are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, assert_never
from uuid import UUID

import orjson

from services.points.stock.events import (
    ItemChanged,
    ItemDelisted,
    ItemListed,
    ItemPriced,
    ItemRelisted,
    Most,
    StockCounted,
    StockHandedOver,
    StockHeld,
    StockReceived,
    StockReleased,
    StockReturned,
    StockWrittenOff,
)
from services.points.stock.pricing import Price
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel
from shared.core.state import replace

Offered = ItemChanged | ItemPriced | ItemDelisted | ItemRelisted
Pieces = (
    StockReceived | StockCounted | StockWrittenOff | StockHeld | StockReleased | StockHandedOver
    | StockReturned
)  # fmt: skip
Told = ItemListed | Offered | Pieces


@dataclass(frozen=True)
class ShopStockRow:
    """One item of one shop. All that ever came, `stocked`, is on the `shelf`, `held`, `given` or
    written `off`. `prices` are as `prices_of` reads them; an account may have `most` within a
    `span`."""

    item_id: UUID
    shop: UUID
    territory: str
    name: str
    unit: str
    category: str
    status: str
    version: int
    prices: bytes
    most: int | None
    span: str | None
    stocked: int
    shelf: int
    held: int
    given: int
    off: int


def prices_of(prices: bytes) -> Sequence[Price]:
    """The prices of a row, as they were told."""
    return [
        Price(points=points, since=since, until=until)
        for points, since, until in orjson.loads(prices)
    ]


def fold(row: ShopStockRow | None, recorded: Recorded[Told]) -> ShopStockRow | None:
    """The item after the event."""
    event = recorded.event
    if isinstance(event, ItemListed):
        return _listed(recorded, event)
    if row is None:
        return None
    row = replace(row, version=recorded.version)
    if isinstance(event, Offered):
        return _offered(row, event)
    return _moved(row, event)


def _offered(row: ShopStockRow, event: Offered) -> ShopStockRow:
    match event:
        case ItemChanged(name=name, unit=unit, category=category, most=most):
            called = replace(row, name=name, unit=unit, category=category)
            return replace(called, **_limit(most))
        case ItemPriced(price=price):
            return replace(row, prices=_prices([*prices_of(row.prices), price]))
        case ItemDelisted():
            return replace(row, status="delisted")
        case ItemRelisted():
            return replace(row, status="listed")
        case _:
            assert_never(event)


def _moved(row: ShopStockRow, event: Pieces) -> ShopStockRow:
    stocked, shelf, held, given, off = moved(event)
    return replace(
        row,
        stocked=row.stocked + stocked,
        shelf=row.shelf + shelf,
        held=row.held + held,
        given=row.given + given,
        off=row.off + off,
    )


def moved(event: Pieces) -> tuple[int, int, int, int, int]:  # noqa: PLR0911 - one arm a kind of event
    """By how many pieces an event changes what ever came, and what is on the shelf, put aside,
    given out and written off."""
    match event:
        case StockReceived(quantity=some):
            return some, some, 0, 0, 0
        case StockCounted(difference=some):
            return some, some, 0, 0, 0
        case StockWrittenOff(quantity=some):
            return 0, -some, 0, 0, some
        case StockHeld(quantity=some):
            return 0, -some, some, 0, 0
        case StockReleased(quantity=some):
            return 0, some, -some, 0, 0
        case StockHandedOver(quantity=some):
            return 0, 0, -some, some, 0
        case StockReturned(quantity=some, usable=usable):
            return 0, some if usable else 0, 0, -some, 0 if usable else some
        case _:
            assert_never(event)


def _listed(recorded: Recorded[Told], event: ItemListed) -> ShopStockRow:
    return ShopStockRow(
        item_id=recorded.stream_id, shop=event.shop, territory=event.territory, name=event.name,
        unit=event.unit, category=event.category, status="listed", version=recorded.version,
        prices=_prices([event.price]), stocked=0, shelf=0, held=0, given=0, off=0,
        **_limit(event.most),
    )  # fmt: skip


def _prices(prices: Sequence[Price]) -> bytes:
    return orjson.dumps([(one.points, one.since, one.until) for one in prices])


def _limit(most: Most | None) -> dict[str, Any]:
    return {"most": most.quantity, "span": most.per} if most else {"most": None, "span": None}


shop_stock: ReadModel[ShopStockRow, Told] = ReadModel(
    name="shop_stock", row=ShopStockRow, fold=fold, of=Told, indexes=("(shop, category, name)",)
)

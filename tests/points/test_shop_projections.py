"""The read models of the shop keep what every read model promises, and what is read from them has
the shape that is described."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel

from services.points.log import EVENTS, LOG
from services.points.projections.redemptions import redemptions
from services.points.projections.shop_stock import shop_stock
from services.points.projections.shops import shops
from services.points.projections.stock_moves import stock_moves
from services.points.shopkeeping.answers import Moves, StockView, Supplies
from services.points.shopping.answers import Catalogue, RedemptionList, RedemptionView, ShopList
from shared.testkit.projections import holds
from tests.points.market import ANN, BOB, HEAD, KEEPER, Market, self_

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]


@pytest.fixture
async def busy(market: Market) -> tuple[str, str, str]:
    """A shop, its item and a redemption, after some of everything."""
    shop = await market.shop()
    item = await market.item(shop, 9, most={"quantity": 9, "per": "month"})
    for person in (ANN, BOB):
        await market.give(person, 3)
    one = await market.choose(item, ANN, 30, quantity=2)
    await market.done(f"/redemptions/{one}/fulfil", {}, KEEPER)
    back = {"quantity": 1, "reason": "wrong_item", "usable": True}
    await market.done(f"/redemptions/{one}/return", back, KEEPER)
    gone = await market.choose(item, BOB)
    await market.done(f"/redemptions/{gone}/cancel", {}, self_(BOB))
    await market.choose(item, BOB)
    price = {"points": 9, "since": "2026-01-01", "until": "2099-12-31"}
    await market.done(f"/items/{item}/price", {"price": price}, KEEPER)
    called = {"name": "香米", "unit": "袋", "category": "粮油"}
    await market.done(f"/items/{item}/change", called, KEEPER)
    await market.done(f"/items/{item}/count", {"counted": 7, "reason": "missing"}, KEEPER)
    await market.done(f"/items/{item}/write-off", {"quantity": 1, "reason": "broken"}, KEEPER)
    for step in ("delist", "relist"):
        await market.done(f"/items/{item}/{step}", {}, KEEPER)
    for step in ("close", "reopen"):
        await market.done(f"/shops/{shop}/{step}", {}, HEAD)
    await market.done(f"/shops/{shop}/change", {"place": "二楼"}, KEEPER)
    return shop, item, one


@pytest.mark.parametrize("seed", [1, 2])
async def test_they_are_the_same_however_they_are_made(
    market: Market, busy: tuple[str, str, str], seed: int
) -> None:
    for model in (shops, shop_stock, stock_moves, redemptions):
        await holds(market.service.pool, model, LOG, EVENTS, seed)


async def test_what_is_read_has_the_shape_that_is_described(
    market: Market, busy: tuple[str, str, str]
) -> None:
    shop, item, one = busy
    shapes: list[tuple[type[BaseModel], str, dict[str, Any]]] = [
        (ShopList, "/shops", self_(ANN)),
        (Catalogue, f"/shops/{shop}/catalogue", self_(ANN)),
        (RedemptionView, f"/redemptions/{one}", self_(ANN)),
        (RedemptionList, "/me/redemptions", self_(BOB)),
        (StockView, f"/shops/{shop}/stock", KEEPER),
        (Moves, f"/items/{item}/moves", KEEPER),
        (Supplies, f"/shops/{shop}/supplies", KEEPER),
        (RedemptionList, f"/shops/{shop}/redemptions", KEEPER),
    ]
    for shape, path, actor in shapes:
        told = await market.read(path, actor)
        described = shape.model_validate(told).model_dump(mode="json")
        assert _named(told) == _named(described), path


def _named(told: Any) -> Any:
    """The names in an answer, without what they stand for; a mark that is left out of the parts of
    a list is as good as none."""
    if isinstance(told, dict):
        return {name: _named(one) for name, one in told.items() if one is not None}
    return [_named(one) for one in told] if isinstance(told, list) else None

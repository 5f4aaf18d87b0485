"""A bag of rice: chosen on a phone, fetched at the counter, or free again when nobody came."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from services.points import timekeeping
from tests.points.market import ANN, BOB, KEEPER, Market, self_

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]


async def test_rice_is_chosen_on_a_phone_and_fetched_by_its_code(market: Market) -> None:
    await market.give(ANN, 2)
    shop = await market.shop()
    item = await market.item(shop, 3)
    shown = await market.read(f"/shops/{shop}/catalogue", self_(ANN))
    assert [(one["name"], one["points"], one["shelf"]) for one in shown["items"]] == [
        ("大米", 15, 3)
    ]
    one = await market.choose(item, ANN)
    [mine] = (await market.read("/me/redemptions", self_(ANN)))["items"]
    assert (mine["id"], mine["status"], len(mine["code"])) == (one, "held", 8)
    found = await market.done(f"/shops/{shop}/look-up", {"code": mine["code"]}, KEEPER)
    assert (found["id"], found["code"]) == (one, None), "the keeper is not told the code"
    await market.done(f"/redemptions/{one}/fulfil", {"code": mine["code"]}, KEEPER)
    line = await market.stock(shop)
    assert (line["shelf"], line["held"], line["given"]) == (2, 0, 1)
    assert await market.refused(f"/redemptions/{one}/fulfil", {}, KEEPER) == (
        "redemption_is_fulfilled"
    )


async def test_what_nobody_fetches_is_free_again(market: Market) -> None:
    await market.give(ANN, 1)
    shop = await market.shop()
    item = await market.item(shop, 1)
    await market.choose(item, ANN)
    form = {"item": item, "points": 15}
    assert await market.refused("/redemptions", form, self_(ANN)) == "out_of_stock"
    assert await timekeeping.note(market.service, datetime.now(UTC)) == 0
    later = datetime.now(UTC) + timedelta(hours=73)
    noting = asyncio.create_task(timekeeping.note(market.service, later))
    while not noting.done():  # the timer waits until the read model shows what it noted
        await market.service.projector.drain()
        await asyncio.sleep(0.01)
    assert noting.result() >= 1
    assert (await market.stock(shop))["shelf"] == 1
    [mine] = (await market.read("/me/redemptions", self_(ANN)))["items"]
    assert (mine["status"], mine["reason"], mine["code"]) == ("cancelled", "not_fetched", None)
    await market.choose(item, ANN)


async def test_bad_input_is_refused_with_a_code(market: Market) -> None:
    await market.give(ANN, 1)
    shop = await market.shop()
    item = await market.item(shop, 3, most={"quantity": 1, "per": "month"})
    form = {"item": item, "points": 15}
    assert await market.refused("/redemptions", {**form, "points": 14}, self_(ANN)) == (
        "price_changed"
    )
    assert await market.refused("/redemptions", form, self_(BOB)) == "no_account"
    two = {**form, "quantity": 2, "points": 30}
    assert await market.refused("/redemptions", two, self_(ANN)) == "limit_reached"
    one = await market.choose(item, ANN)
    assert await market.refused(f"/redemptions/{one}/fulfil", {"code": "00000000"}, KEEPER) == (
        "wrong_code"
    )
    assert await market.refused(f"/redemptions/{one}/cancel", {}, self_(BOB)) == (
        "no_such_redemption"
    )
    await market.done(f"/redemptions/{one}/cancel", {}, self_(ANN))
    assert (await market.stock(shop))["shelf"] == 3

"""Many buyers at several processes, after the same few things."""

from __future__ import annotations

import asyncio
from itertools import cycle
from uuid import UUID, uuid4

import pytest

from services.points.settings import Settings
from tests.points import tills
from tests.points.counters import person
from tests.points.market import Market
from tests.points.tills import RunningTill, Told

pytestmark = [pytest.mark.postgres, pytest.mark.anyio, pytest.mark.timeout(240)]
PROCESSES, BUYERS, PIECES, PRICE = 4, 50, 10, 15


async def test_of_fifty_buyers_ten_get_the_last_ten(market: Market, settings: Settings) -> None:
    item = await _shelf(market, BUYERS)
    async with tills.running(settings, PROCESSES) as made:
        took = await asyncio.gather(
            *(_buy(till, item, who) for till, who in zip(cycle(made), range(BUYERS), strict=False))
        )
        got = [UUID(told["one"]) for told in took if "one" in told]
        refused = [told["refused"] for told in took if "refused" in told]
        assert len(got) == PIECES
        assert refused == ["out_of_stock"] * (BUYERS - PIECES)
        ended = await asyncio.gather(*(_end(till, one) for one in got for till in made[:2]))
    assert ended.count(True) == PIECES, "each is handed over at one counter, not at two"
    books = await tills.books(market.service.pool)
    assert books.statuses() == ["fulfilled"] * PIECES
    assert books.sold == (PIECES, PIECES * PRICE)
    assert all(state.held == 0 for state in books.accounts.values()), "every hold has ended"


async def test_who_has_points_for_one_gets_one_of_two_wherever_they_ask(
    market: Market, settings: Settings
) -> None:
    shop = await market.shop()
    items = [UUID(await market.item(shop, 2 * BUYERS, PRICE)) for _ in range(2)]
    buyers = range(6)
    for who in buyers:
        await market.give(person(who), 1)
    async with tills.running(settings, 2) as made:
        took = await asyncio.gather(
            *(_buy(till, one, who) for who in buyers for till, one in zip(made, items, strict=True))
        )
    assert sum("one" in told for told in took) == len(buyers)
    assert {told["refused"] for told in took if "refused" in told} == {"balance_too_low"}
    books = await tills.books(market.service.pool)
    assert [state.held for state in books.accounts.values()] == [PRICE] * len(buyers)


async def test_one_who_asks_again_and_again_has_chosen_once(
    market: Market, settings: Settings
) -> None:
    item, key = await _shelf(market, 1), uuid4()
    async with tills.running(settings, 2) as made:
        told = await asyncio.gather(*(_buy(till, item, 0, key) for till in [*made] * 5))
    assert len({one["one"] for one in told}) == 1, "the first answer, every time"
    assert (await tills.books(market.service.pool)).statuses() == ["held"]


async def _shelf(market: Market, buyers: int) -> UUID:
    """Ten pieces, and so many people who have the points for one each."""
    item = await market.item(await market.shop(), PIECES, PRICE)
    for who in range(buyers):
        await market.give(person(who), 1)
    return UUID(item)


async def _buy(till: RunningTill, item: UUID, who: int, key: UUID | None = None) -> Told:
    """Until it is decided: others may be first for a long time."""
    key = key or uuid4()
    while True:
        told = await till.ask("choose", key, item=item, person=person(who), points=PRICE)
        if told.get("refused") != "contended":
            return told


async def _end(till: RunningTill, one: UUID) -> bool:
    told = await till.ask("fulfil", uuid4(), one=one)
    return "one" in told

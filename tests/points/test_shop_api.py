"""The shop over HTTP: what its keeper does, what is told of it, who may do what."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.points.account.commands import OpenPointsAccount
from services.points.account.decider import account
from services.points.account.stream import account_of
from services.points.log import EVENTS, LOG
from shared.core import births
from shared.core.local_time import day_of
from shared.core.messages import Actor
from shared.runtime.commands.because import caused_by
from shared.runtime.commands.submission import Identity, Target, single
from shared.store import read
from tests.points.market import ANN, BOB, CAI, HEAD, HERE, KEEPER, Market, self_

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
AUDITOR: dict[str, Any] = {"sub": "auditor", "roles": ("auditor",), "territory": "d"}
ELSEWHERE: dict[str, Any] = {"sub": "other", "roles": ("shop_keeper",), "territory": "d/s2/c9"}


async def _bought(market: Market, pieces: int = 5, **told: Any) -> tuple[str, str, str]:
    """A shop, its item, and a piece that Ann, who has thirty points, has put aside."""
    await market.give(ANN, 2)
    shop = await market.shop()
    item = await market.item(shop, pieces, **told)
    return shop, item, await market.choose(item, ANN)


async def _code(market: Market, person: UUID = ANN) -> str:
    mine = await market.read("/me/redemptions", self_(person))
    return str(mine["items"][0]["code"])


async def test_what_comes_back_is_on_the_shelf_or_written_off_and_its_points_are_back(
    market: Market,
) -> None:
    shop, item, _ = await _bought(market)
    one = await market.choose(item, ANN)
    await market.done(f"/redemptions/{one}/fulfil", {}, KEEPER)
    back = {"quantity": 1, "reason": "faulty", "usable": False}
    await market.done(f"/redemptions/{one}/return", back, KEEPER)
    line = await market.stock(shop)
    assert (line["shelf"], line["held"], line["given"], line["off"]) == (3, 1, 0, 1)
    shown = await market.read(f"/redemptions/{one}", self_(ANN))
    assert (shown["status"], shown["back"], shown["refunded"]) == ("fulfilled", 1, 15)
    assert await market.refused(f"/redemptions/{one}/return", back, KEEPER) == "more_than_given"
    await market.choose(item, ANN)


async def test_every_piece_can_be_followed_and_every_delivery_has_its_giver(market: Market) -> None:
    shop, item, one = await _bought(market)
    gift = {"quantity": 2, "supply": "donation", "source": "邮储银行", "cost": 0}
    await market.done(f"/items/{item}/receive", gift, KEEPER)
    await market.done(f"/items/{item}/count", {"counted": 6, "reason": "missing"}, KEEPER)
    await market.done(f"/items/{item}/write-off", {"quantity": 1, "reason": "spoilt"}, KEEPER)
    await market.done(f"/redemptions/{one}/cancel", {}, KEEPER)
    moves = (await market.read(f"/items/{item}/moves", AUDITOR))["items"]
    assert [(move["kind"], move["shelf"], move["shelf_after"]) for move in moves] == [
        ("stock-released", 1, 5),
        ("stock-written-off", -1, 4),
        ("stock-counted", -1, 5),
        ("stock-received", 2, 6),
        ("stock-held", -1, 4),
        ("stock-received", 5, 5),
    ]
    some = await market.read(f"/items/{item}/moves", AUDITOR, limit=2)
    rest = await market.read(f"/items/{item}/moves", AUDITOR, after=some["next"])
    assert some["items"] + rest["items"] == moves
    supplies = (await market.read(f"/shops/{shop}/supplies", AUDITOR))["items"]
    assert [(one["source"], one["pieces"], one["cost"]) for one in supplies] == [
        ("粮油公司", 5, 3_000),
        ("邮储银行", 2, 0),
    ]


async def test_a_price_of_a_period_counts_in_it(market: Market) -> None:
    shop, item, _ = await _bought(market)
    today = day_of((await _past(market))[0].occurred_at)
    cheap = {"price": {"points": 5, "since": today, "until": today}}
    await market.done(f"/items/{item}/price", cheap, KEEPER)
    [shown] = (await market.read(f"/shops/{shop}/catalogue", self_(ANN)))["items"]
    assert shown["points"] == 5
    form = {"item": item, "points": 15}
    assert await market.refused("/redemptions", form, self_(ANN)) == "price_changed"
    await market.choose(item, ANN, 5)
    past = {"price": {"points": 5, "since": "2020-01-01", "until": "2020-02-01"}}
    assert await market.refused(f"/items/{item}/price", past, KEEPER) == "price_is_past"


async def test_a_closed_shop_puts_nothing_aside_but_hands_over_what_waits(market: Market) -> None:
    shop, item, one = await _bought(market)
    await market.done(f"/shops/{shop}/close", {}, HEAD)
    form = {"item": item, "points": 15}
    assert await market.refused("/redemptions", form, self_(ANN)) == "shop_is_closed"
    assert (await market.read(f"/shops/{shop}/catalogue", self_(ANN)))["items"] == []
    await market.done(f"/redemptions/{one}/fulfil", {"code": await _code(market)}, KEEPER)


async def test_an_item_that_is_offered_no_more_is_not_chosen(market: Market) -> None:
    shop, item, _ = await _bought(market)
    await market.done(f"/items/{item}/delist", {}, KEEPER)
    form = {"item": item, "points": 15}
    assert await market.refused("/redemptions", form, self_(ANN)) == "no_such_item"
    assert (await market.read(f"/shops/{shop}/catalogue", self_(ANN)))["items"] == []
    await market.done(f"/items/{item}/relist", {}, KEEPER)
    await market.choose(item, ANN)


async def test_who_guesses_codes_has_to_wait(market: Market) -> None:
    shop, _, one = await _bought(market)
    look = f"/shops/{shop}/look-up"
    wrong = f"{(int(await _code(market)) + 1) % 10**8:08}"
    told = [await market.refused(look, {"code": wrong}, KEEPER) for _ in range(6)]
    assert told == ["no_such_code"] * 5 + ["too_many_pickup_codes"]
    form = {"code": await _code(market)}
    assert await market.refused(look, form, KEEPER) == "too_many_pickup_codes"
    assert await market.refused(f"/redemptions/{one}/fulfil", form, KEEPER) == (
        "too_many_pickup_codes"
    )


async def test_a_code_opens_nothing_at_another_shop_and_nothing_twice(market: Market) -> None:
    shop, _, one = await _bought(market)
    other, code = await market.shop("另一家"), await _code(market)
    assert await market.refused(f"/shops/{other}/look-up", {"code": code}, KEEPER) == "no_such_code"
    await market.done(f"/redemptions/{one}/fulfil", {"code": code}, KEEPER)
    assert await market.refused(f"/shops/{shop}/look-up", {"code": code}, KEEPER) == "no_such_code"


async def test_what_is_of_others_is_not_there(market: Market) -> None:
    shop, item, one = await _bought(market)
    for path, actor in (
        (f"/redemptions/{one}", self_(BOB)),
        (f"/redemptions/{one}", ELSEWHERE),
        (f"/shops/{shop}/stock", ELSEWHERE),
        (f"/items/{item}/moves", ELSEWHERE),
        (f"/shops/{shop}/supplies", ELSEWHERE),
        (f"/shops/{shop}/redemptions", ELSEWHERE),
    ):
        answer = await market.client.get(path, headers=market.headers(**actor))
        assert answer.status_code == 404, path
    for step in ("fulfil", "cancel"):
        assert await market.refused(f"/redemptions/{one}/{step}", {}, ELSEWHERE) == (
            "no_such_redemption"
        )
    assert await market.refused(f"/items/{item}/delist", {}, ELSEWHERE) == "no_such_item"
    assert await market.refused(f"/redemptions/{one}/fulfil", {}, self_(ANN)) == "role_missing"
    form = {"item": item, "points": 15, "holder": str(ANN)}
    assert await market.refused("/redemptions", form, self_(BOB)) == "not_your_own"


async def test_a_keeper_sees_what_waits_but_no_code(market: Market) -> None:
    shop, _, one = await _bought(market)
    [waits] = (await market.read(f"/shops/{shop}/redemptions", KEEPER, status="held"))["items"]
    assert (waits["id"], waits["name"], waits["code"]) == (one, "大米", None)
    assert (await market.read(f"/shops/{shop}/redemptions", KEEPER, status="fulfilled"))[
        "items"
    ] == []


async def test_at_the_counter_somebody_without_a_phone_is_served(market: Market) -> None:
    await market.give(CAI, 1)
    item = await market.item(await market.shop(), 1)
    form = {"item": item, "points": 15, "holder": str(CAI)}
    one = str((await market.done("/redemptions", form, KEEPER))["id"])
    await market.done(f"/redemptions/{one}/fulfil", {}, KEEPER)
    shown = await market.read(f"/redemptions/{one}", self_(CAI))
    assert (shown["status"], shown["shown"]) == ("fulfilled", "person")


async def test_who_keeps_the_account_of_a_household_chooses_for_it(market: Market) -> None:
    home = UUID(int=77)
    await _household(market, home)
    item = await market.item(await market.shop(), 1)
    form = {"item": item, "points": 15, "kind": "household", "holder": str(home)}
    assert await market.refused("/redemptions", form, self_(BOB)) == "not_your_own"
    assert await market.refused("/redemptions", form, self_(ANN)) == "balance_too_low"


async def test_the_bag_of_rice_answers_to_the_deed_that_pays_for_it(market: Market) -> None:
    _, _, one = await _bought(market)
    await market.done(f"/redemptions/{one}/fulfil", {"code": await _code(market)}, KEEPER)
    past = await _past(market)

    def name(kind: str) -> UUID:
        [position] = [event.position for event in past if event.type == kind]
        return caused_by(births.name(LOG, position, births.FIRST))

    causes = {event.type: event.causation_id for event in past}
    assert causes["redemption-requested"] == name("points-earned")
    assert causes["redemption-fulfilled"] == name("redemption-requested")
    together = {event.correlation_id for event in past if "redemption" in event.type}
    assert len(together) == 1, "one matter from the deed on"


async def test_shops_are_told_to_everybody_and_opened_by_few(market: Market) -> None:
    shop = await market.shop()
    [shown] = (await market.read("/shops", self_(BOB), territory="d"))["items"]
    assert (shown["id"], shown["territory"], shown["status"]) == (shop, HERE, "open")
    form = {"territory": HERE, "name": "店", "place": "楼下", "hours": "周一"}
    assert await market.refused("/shops", form, KEEPER) == "role_missing"
    await market.done(f"/shops/{shop}/change", {"hours": "周三 9:00–11:00"}, KEEPER)
    [shown] = (await market.read("/shops", self_(BOB)))["items"]
    assert shown["hours"] == "周三 9:00–11:00"


async def _household(market: Market, home: UUID) -> None:
    counter = Actor(id="counter", roles=frozenset({"registrar"}), territory="d")
    asked = OpenPointsAccount(
        at=datetime.now(UTC), actor=counter, kind="household", holder=home, keeper=ANN,
        territory=HERE,
    )  # fmt: skip
    target = Target(account, account_of("household", home))
    await market.service.executor.execute(single(target, asked, Identity(uuid4(), b"")))
    await market.service.projector.drain()


async def _past(market: Market) -> list[Any]:
    async with market.service.pool.acquire() as connection:
        rows = await read.page(connection, LOG, 0, 10_000)
    return [read.decode(EVENTS, row) for row in rows]

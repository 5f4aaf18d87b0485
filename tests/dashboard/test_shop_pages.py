"""The pages of the points supermarket as a browser gets them, over a real points service."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, NamedTuple, get_args
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI

from services.dashboard.pages.app import pages_of
from services.dashboard.pages.language import COOKIE as LANGUAGE
from services.dashboard.pages.language import in_words
from services.dashboard.pages.points.codes_page import spelled
from services.dashboard.pages.points.shop_page import Stand, stand
from services.dashboard.pages.problem_words import WORDS
from services.dashboard.settings import Settings
from services.points.redemption.words import RedemptionStatus
from services.points.shop.words import ShopStatus
from services.points.stock.words import StockStatus
from shared.runtime.web.session import COOKIE
from shared.testkit.databases import TestServer
from tests.dashboard.conftest import NOWHERE
from tests.dashboard.neighbours import market_at
from tests.points.market import ANN, BOB, HEAD, KEEPER, Market, self_

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]


class Town(NamedTuple):
    """A points service with its shops, and a browser without scripts."""

    market: Market
    browser: httpx.AsyncClient
    token: Callable[..., str]

    async def open(self, path: str, actor: dict[str, Any], status: int = 200) -> str:
        """The page as this actor gets it."""
        about = {name: value for name, value in actor.items() if name != "sub"}
        self.browser.cookies.set(COOKIE, self.token(actor["sub"], **about))
        answer = await self.browser.get(path)
        assert answer.status_code == status, answer.text
        return answer.text


@pytest.fixture
async def town(
    running: FastAPI, settings: Settings, server: TestServer, jwks_file: Path,
    token: Callable[..., str],
) -> AsyncIterator[Town]:  # fmt: skip
    """Both services, and the pages over them."""

    def headers(sub: str, **about: Any) -> dict[str, str]:
        signed = token(sub, **about)
        return {"authorization": f"Bearer {signed}", "idempotency-key": str(uuid4())}

    async with (
        market_at(server, jwks_file) as (url, beside),
        httpx.AsyncClient(base_url=url, trust_env=False) as client,
    ):
        market = Market(client, headers, beside.state.service)
        await market.draw()
        feeds = {"grievance": NOWHERE, "volunteer": NOWHERE, "points": url}
        app = pages_of(running, settings.model_copy(update={"profile": "local", "feeds": feeds}))
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://linli") as browser,
        ):
            yield Town(market, browser, token)


async def test_somebody_chooses_and_fetches_by_a_code_in_two_groups(town: Town) -> None:
    market = town.market
    await market.give(ANN, 2)
    shop = await market.shop()
    item = await market.item(shop, 3, most={"quantity": 2, "per": "month"})
    assert f'href="/shop/{shop}"' in await town.open("/shop", self_(ANN))
    page = await town.open(f"/shop/{shop}", self_(ANN))
    for said in ("大米", "还剩 3 袋", "每月最多 2 袋", "换 1 袋，用 15 分", "周二周四 9:00–11:00"):
        assert said in page, said
    one = await market.choose(item, ANN)
    [mine] = (await market.read("/me/redemptions", self_(ANN)))["items"]
    page = await town.open("/shop/codes", self_(ANN))
    assert spelled(mine["code"]) in page
    assert f"/redemptions/{one}/cancel" in page
    assert "居委会一楼" in page
    counter = await town.open(f"/counter/{shop}", KEEPER)
    assert f'data-waiting="{one}"' in counter
    assert str(ANN)[-8:] in counter
    assert mine["code"] not in counter.replace(" ", ""), "the keeper is not told the code"
    await market.done(f"/redemptions/{one}/fulfil", {"code": mine["code"]}, KEEPER)
    page = await town.open("/shop/codes", self_(ANN))
    assert 'data-past="fulfilled"' in page
    assert spelled(mine["code"]) not in page
    counter = await town.open(f"/counter/{shop}?done={one}", KEEPER)
    assert "交出去了：大米，1 袋。" in counter
    assert f'data-given="{one}"' in counter
    assert f"/redemptions/{one}/return" in counter
    await market.done(
        f"/redemptions/{one}/return",
        {"quantity": 1, "reason": "faulty", "usable": False}, KEEPER,
    )  # fmt: skip
    given = await town.open(f"/counter/{shop}/given", KEEPER)
    assert "退回 1 袋，还了 15 分" in given
    assert f"/redemptions/{one}/return" not in given


async def test_what_somebody_has_too_few_points_for_says_how_many_are_missing(town: Town) -> None:
    await town.market.give(ANN, 1)
    shop = await town.market.shop()
    await town.market.item(shop, 3, 40)
    page = await town.open(f"/shop/{shop}", self_(ANN))
    assert "<dd data-free>15 分</dd>" in page
    assert "还差 25 分" in page
    assert "data-command" not in page


async def test_what_cannot_be_had_has_no_button(town: Town) -> None:
    await town.market.give(BOB, 1)
    shop = await town.market.shop()
    await town.market.item(shop, 0)
    page = await town.open(f"/shop/{shop}", self_(BOB))
    assert "换完了" in page
    assert "data-command" not in page
    await town.market.item(shop, 1, name="盐", price={"points": 3, "since": "2199-01-01"})
    page = await town.open(f"/shop/{shop}", self_(BOB))
    assert "今天没有定价，换不了。" in page
    assert "data-command" not in page


async def test_who_keeps_no_shop_sees_no_counter(town: Town) -> None:
    shop = await town.market.shop()
    for path in ("", "/given", "/stock"):
        await town.open(f"/counter/{shop}{path}", self_(ANN), 403)
        elsewhere = {**KEEPER, "territory": "d/s2/c9"}
        await town.open(f"/counter/{shop}{path}", elsewhere, 404)
    overseen = await town.open(f"/counter/{shop}", HEAD)
    assert "look-up" not in overseen
    town.browser.cookies.clear()
    assert (await town.browser.get(f"/counter/{shop}")).status_code == 303


async def test_heads_open_shops_and_close_them(town: Town) -> None:
    page = await town.open("/counter", HEAD)
    assert 'data-command="/api/points/v1/shops"' in page
    shop = await town.market.shop()
    assert 'data-command="/api/points/v1/shops"' not in await town.open("/counter", KEEPER)
    assert f"/shops/{shop}/close" in await town.open(f"/counter/{shop}/stock", HEAD)
    assert f"/shops/{shop}/close" not in await town.open(f"/counter/{shop}/stock", KEEPER)
    await town.market.done(f"/shops/{shop}/close", {}, HEAD)
    assert "暂时不开门。" in await town.open(f"/shop/{shop}", self_(ANN))
    assert f"/shops/{shop}/reopen" in await town.open(f"/counter/{shop}/stock", HEAD)


async def test_the_shelves_say_where_each_piece_is_and_what_it_cost(town: Town) -> None:
    market = town.market
    shop = await market.shop()
    item = await market.item(shop, 9)
    gift = {"quantity": 4, "supply": "donation", "source": "邮局", "cost": 0}
    await market.done(f"/items/{item}/receive", gift, KEEPER)
    await market.done(f"/items/{item}/write-off", {"quantity": 2, "reason": "broken"}, KEEPER)
    page = await town.open(f"/counter/{shop}/stock", KEEPER)
    [row] = re.findall(rf'<tr data-item="{item}">(.*?)</tr>', page, re.S)
    assert re.findall(r'class="n(?: nil)?">(?:<[^>]*>)?(\d+)', row) == [
        "15",
        "11",
        "0",
        "0",
        "2",
        "13",
    ]
    assert re.findall(r'<td class="n" data-spent>(.*?)</td>', page) == ["30.00 元"]
    assert page.index("粮油公司") < page.index("邮局")
    page = await town.open(f"/counter/{shop}/stock/{item}", KEEPER)
    moves = re.findall(r'data-move="(.*?)"', page)
    assert moves == ["stock-written-off", "stock-received", "stock-received"]
    for step in ("receive", "count", "write-off", "price", "change", "delist"):
        assert f"/items/{item}/{step}" in page, step
    assert "data-command" not in await town.open(f"/counter/{shop}/stock/{item}", HEAD)
    await town.open(f"/counter/{shop}/stock/{ANN}", KEEPER, 404)


async def test_a_keeper_chooses_for_somebody_without_a_phone(town: Town) -> None:
    shop = await town.market.shop()
    await town.market.item(shop, 1)
    page = await town.open(f"/shop/{shop}?person={ANN}", KEEPER)
    assert f'name="holder" value="{ANN}"' in page
    assert f'data-then="/counter/{shop}"' in page
    await town.market.give(BOB, 1)
    assert f'value="{ANN}"' not in await town.open(f"/shop/{shop}?person={ANN}", self_(BOB))


async def test_the_pages_speak_english(town: Town) -> None:
    await town.market.give(ANN, 1)
    shop = await town.market.shop()
    await town.market.item(shop, 1)
    town.browser.cookies.set(LANGUAGE, "en")
    assert "Get 1 袋 for 15 points" in await town.open(f"/shop/{shop}", self_(ANN))
    assert "Code of eight digits" in await town.open(f"/counter/{shop}", KEEPER)


@pytest.mark.parametrize(
    ("offer", "least", "free", "found"),
    [
        ((5, 9), 1, None, Stand("can", 1, 5)),
        ((5, 9), 1, 5, Stand("can", 1, 5)),
        ((5, 9), 1, 4, Stand("short", 1, 5, 1)),
        ((5, 9), 11, 20, Stand("can", 3, 15)),
        ((5, 2), 11, 20, Stand("out", 3, 15)),
        ((5, 0), 1, 20, Stand("out", 1, 5)),
        ((None, 9), 1, 20, Stand("unpriced")),
    ],
)
def test_what_somebody_can_have(offer: Any, least: int, free: int | None, found: Stand) -> None:
    points, shelf = offer
    assert stand({"points": points, "shelf": shelf}, least, free) == found


def test_every_state_in_which_a_step_is_refused_has_words_in_both_languages() -> None:
    states = {"redemption": RedemptionStatus, "shop": ShopStatus, "item": StockStatus}
    codes = [f"{what}_is_{one}" for what, known in states.items() for one in get_args(known)]
    codes += ["no_such_shop", "no_such_item", "no_such_redemption"]
    for code in codes:
        assert in_words("en", WORDS[code]) != WORDS[code], code

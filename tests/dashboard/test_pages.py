"""The pages as a browser gets them, before it runs anything: who may see what, in which language,
by which rules."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable

import httpx
import pytest
from fastapi import FastAPI

from services.dashboard.pages.app import pages_of
from services.dashboard.pages.language import COOKIE as LANGUAGE
from services.dashboard.pages.security import POLICY
from services.dashboard.settings import Settings
from shared.runtime.following.consuming import Consumer
from shared.runtime.web.session import COOKIE
from tests.dashboard.conftest import NOWHERE
from tests.dashboard.told import Log, raised

TOLD = {"profile": "local", "feeds": dict.fromkeys(("grievance", "volunteer", "points"), NOWHERE)}


@pytest.fixture
async def pages(running: FastAPI, settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """A browser without scripts, and the pages."""
    app = pages_of(running, settings.model_copy(update=TOLD))
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://linli") as made:
            yield made


@pytest.fixture
def be(pages: httpx.AsyncClient, token: Callable[..., str]) -> Callable[..., None]:
    """Become someone of this role."""

    def become(*roles: str, territory: str = "d") -> None:
        pages.cookies.set(COOKIE, token("someone", roles=roles, territory=territory))

    return become


@pytest.mark.parametrize("path", ["/people", "/design", "/petition", "/nothing", "/board/d"])
async def test_every_answer_carries_the_policy(pages: httpx.AsyncClient, path: str) -> None:
    answer = await pages.get(path)
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/board", "/board/d", "/desk", "/cases", "/live"])
async def test_who_is_not_known_is_sent_to_sign_in(pages: httpx.AsyncClient, path: str) -> None:
    answer = await pages.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, "/people")


async def test_a_token_that_is_none_is_as_no_token(pages: httpx.AsyncClient) -> None:
    pages.cookies.set(COOKIE, "a.b.c")
    assert (await pages.get("/board/d")).status_code == 303
    assert (await pages.get("/petition")).status_code == 200


async def test_a_file_is_kept_for_good_under_an_address_of_its_own(
    pages: httpx.AsyncClient,
) -> None:
    page = (await pages.get("/people")).text
    address = page.split('href="', 2)[1].split('"')[0]
    assert address.startswith("/static/")
    found = await pages.get(address)
    assert found.status_code == 200
    assert "immutable" in found.headers["cache-control"]
    assert (await pages.get(f"{address}.not")).status_code == 404


async def test_another_language_is_kept(pages: httpx.AsyncClient) -> None:
    assert "选择身份" in (await pages.get("/people")).text
    answer = await pages.get("/language", params={"to": "en", "back": "/people"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/people")
    assert pages.cookies[LANGUAGE] == "en"
    page = (await pages.get("/people")).text
    assert '<html lang="en">' in page
    assert "选择身份" not in page


@pytest.mark.parametrize(
    "back", ["http://elsewhere.test/", "//elsewhere.test", "/\\elsewhere.test", "javascript:1"]
)
async def test_nobody_is_led_elsewhere(pages: httpx.AsyncClient, back: str) -> None:
    answer = await pages.get("/language", params={"to": "zh", "back": back})
    assert answer.headers["location"] == "/"


async def test_a_board_is_for_its_readers(
    pages: httpx.AsyncClient, be: Callable[..., None]
) -> None:
    be("district_observer")
    assert (await pages.get("/board/d/s1")).status_code == 200
    be("district_observer", territory="d/s2")
    assert (await pages.get("/board/d/s1")).status_code == 403
    be("resident")
    refused = await pages.get("/board/d")
    assert refused.status_code == 403
    assert "您的身份不能办理这一项" in refused.text


async def test_a_board_of_no_territory_and_of_no_day(
    pages: httpx.AsyncClient, be: Callable[..., None]
) -> None:
    be("district_observer")
    assert (await pages.get("/board/nowhere")).status_code in (403, 422)
    assert (await pages.get("/board/d", params={"at": "2026-02-30"})).status_code == 422
    assert (await pages.get("/board/d", params={"at": "2999-01-01"})).status_code == 422


async def test_figures_alone_are_for_a_part_of_the_page(
    pages: httpx.AsyncClient, be: Callable[..., None]
) -> None:
    be("district_observer")
    part = await pages.get("/board/d", headers={"hx-request": "true"})
    assert "<html" not in part.text
    assert 'data-tile="open"' in part.text


async def test_a_board_shows_what_has_come(
    pages: httpx.AsyncClient,
    be: Callable[..., None],
    consumer: Consumer,
) -> None:
    be("district_observer")
    before = (await pages.get("/board/d", headers={"hx-request": "true"})).text
    await Log().tell(1, raised("d/s1/c1")).reach(consumer)
    after = (await pages.get("/board/d", headers={"hx-request": "true"})).text
    assert figure(before, "open") == 0
    assert figure(after, "open") == 1


async def test_a_case_service_that_is_away_is_said_so(
    pages: httpx.AsyncClient, be: Callable[..., None]
) -> None:
    be("dispatcher")
    answer = await pages.get("/desk")
    assert answer.status_code == 503
    assert "这项服务暂时没有回应" in answer.text


def figure(page: str, tile: str) -> int:
    """What a tile says."""
    found = re.search(rf'data-tile="{tile}".*?tile-figure[^>]*>([0-9]+)<', page, re.S)
    assert found is not None
    return int(found[1])

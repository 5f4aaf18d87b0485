"""The web process mounts services side by side, tells its health, and issues local tokens."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from starlette.applications import Starlette

from deploy.local.home import Home
from deploy.local.web import root
from shared.core.access import Access
from shared.runtime.hosting import Hosted, work_all
from shared.runtime.sampling import Sampling, nothing
from shared.runtime.subscriptions import Subscriptions
from shared.runtime.web.session import COOKIE
from shared.runtime.web.tokens import Verifier


@dataclass
class Diary:
    """What happened to the stand-in service."""

    lines: list[str] = field(default_factory=list)
    ready: bool = True


def stand_in(diary: Diary) -> Hosted:
    def api() -> FastAPI:
        @asynccontextmanager
        async def lifespan(_: FastAPI) -> AsyncIterator[None]:
            diary.lines.append("opened")
            yield
            diary.lines.append("closed")

        app = FastAPI(lifespan=lifespan)
        app.get("/cases")(lambda: ["a case"])
        return app

    async def ready(_: FastAPI) -> bool:
        return diary.ready

    async def work(_: asyncio.Event) -> None:
        diary.lines.append("worked")

    return Hosted(
        name="stand-in",
        title="替身",
        migrate=lambda: None,
        api=api,
        ready=ready,
        work=work,
        sampling=Sampling(shown=nothing),
        subscriptions=no_subscriptions,
        access=Access({}),
    )


@asynccontextmanager
async def no_subscriptions() -> AsyncIterator[Subscriptions]:
    raise NotImplementedError
    yield


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.prepare()
    return home


@pytest.fixture
def diary() -> Diary:
    return Diary()


@asynccontextmanager
async def served(app: Starlette) -> AsyncIterator[AsyncClient]:
    async with (
        app.router.lifespan_context(app),
        AsyncClient(transport=ASGITransport(app), base_url="http://127.0.0.1:8000") as client,
    ):
        yield client


@pytest.fixture
async def client(home: Home, diary: Diary) -> AsyncIterator[AsyncClient]:
    async with served(root([stand_in(diary)], issuer_key=home.issuer_key)) as client:
        yield client


async def test_a_service_answers_under_its_own_path(client: AsyncClient) -> None:
    assert (await client.get("/api/stand-in/v1/cases")).json() == ["a case"]


async def test_the_lifespan_of_a_mounted_service_runs(home: Home, diary: Diary) -> None:
    async with served(root([stand_in(diary)], issuer_key=None)):
        assert diary.lines == ["opened"]
    assert diary.lines == ["opened", "closed"]


async def test_it_is_ready_only_while_every_service_is(client: AsyncClient, diary: Diary) -> None:
    assert (await client.get("/readyz")).status_code == 200
    diary.ready = False
    assert (await client.get("/readyz")).status_code == 503
    assert (await client.get("/livez")).status_code == 200


async def test_metrics_are_in_the_text_format(client: AsyncClient) -> None:
    assert "# TYPE python_info gauge" in (await client.get("/metrics")).text


async def test_the_front_page_lists_services_and_runs_nothing(client: AsyncClient) -> None:
    page = await client.get("/apis")
    assert "替身" in page.text
    assert "/api/stand-in/v1/openapi.json" in page.text
    assert "http://127.0.0.1:8000/dev/token" in page.text
    assert "<script" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]


async def test_a_token_says_who_asks(client: AsyncClient, home: Home) -> None:
    wanted = {"id": "clerk-1", "roles": ["clerk"], "territory": "shili", "unit": "water"}
    answer = (await client.post("/dev/token", json=wanted)).json()
    verifier = Verifier(home.jwks.read_text(), issuer="linli-local", audience="linli")
    actor = verifier.actor(answer["token"])
    assert actor.roles == {"clerk"}
    assert (actor.id, actor.territory, actor.unit) == ("clerk-1", "shili", "water")
    assert answer["expires_in"] == 8 * 3600


async def test_a_foreign_name_for_this_machine_gets_no_token(client: AsyncClient) -> None:
    wanted = {"id": "clerk-1", "roles": ["clerk"], "territory": "shili"}
    answer = await client.post("/dev/token", json=wanted, headers={"host": "evil.example"})
    assert answer.status_code == 403


async def test_a_picked_person_is_kept_in_a_cookie(client: AsyncClient, home: Home) -> None:
    told = {"id": "unit-1", "roles": "handling_unit", "territory": "shili", "unit": "water"}
    own = {"origin": "http://127.0.0.1:8000"}
    answer = await client.post("/dev/session", data=told, headers=own)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "httponly" in answer.headers["set-cookie"].lower()
    verifier = Verifier(home.jwks.read_text(), issuer="linli-local", audience="linli")
    actor = verifier.actor(answer.cookies[COOKIE])
    assert actor.roles == {"handling_unit"}
    assert (actor.id, actor.unit) == ("unit-1", "water")


async def test_a_page_of_another_site_picks_nobody(client: AsyncClient) -> None:
    told = {"id": "unit-1", "roles": "administrator", "territory": "shili"}
    for headers in ({}, {"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}):
        answer = await client.post("/dev/session", data=told, headers=headers)
        assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)


async def test_without_a_key_there_is_no_issuer(diary: Diary) -> None:
    async with served(root([stand_in(diary)], issuer_key=None)) as client:
        assert (await client.post("/dev/token", json={})).status_code == 404
        assert "dev/token" not in (await client.get("/apis")).text


async def test_work_that_ends_by_itself_is_a_failure(diary: Diary) -> None:
    with pytest.raises(ExceptionGroup, match="unhandled errors"):
        await work_all([stand_in(diary)])
    assert diary.lines == ["worked"]

"""From a petition at the case service to a figure on the dashboard: feed, broker, read model."""

from __future__ import annotations

import asyncio
import base64
import os
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.dashboard import app as dashboard
from services.dashboard.service import Dashboard
from services.dashboard.settings import Database, Settings
from services.grievance import app as grievance
from services.grievance.settings import Settings as GrievanceSettings
from shared.core.sample import Sample
from shared.ops.settings import Databases, Kafka, Misconfigured
from shared.runtime.following.feed_client import FeedUnavailable
from shared.runtime.projections import watermarks
from shared.runtime.projections.watermarks import StandsStill
from shared.testkit.databases import TestDatabase, TestServer
from shared.testkit.maps import lay
from tests.brokers import Embedded
from tests.dashboard import neighbours
from tests.dashboard.conftest import NOWHERE, Headers
from tests.dashboard.neighbours import serving
from tests.grievance.front_desk import PETITION

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

PATIENCE = 60.0
Work = Callable[[asyncio.Event], Coroutine[Any, Any, None]]


@pytest.fixture
def kafka(tmp_path: Path) -> Iterator[Kafka]:
    """A broker that nobody else uses: the names of topics are fixed."""
    broker = Embedded(tmp_path)
    broker.start()
    yield Kafka(bootstrap=broker.bootstrap, fetch_wait_ms=20, idempotent=False, partitions=3)
    broker.stop()


@pytest.fixture
async def mapped(server: TestServer, jwks_file: Path) -> AsyncIterator[str]:
    """Where a territory service answers; nothing is on its map."""
    async with neighbours.territory_at(server, jwks_file) as url:
        yield url


@pytest.fixture
async def hours(server: TestServer, jwks_file: Path) -> AsyncIterator[str]:
    """Where a volunteer service answers; nobody has served yet."""
    async with neighbours.volunteers_at(server, jwks_file) as url:
        yield url


@pytest.fixture
async def accounts(server: TestServer, jwks_file: Path) -> AsyncIterator[str]:
    """Where a points service answers; nobody has any yet."""
    async with neighbours.points_at(server, jwks_file) as url:
        yield url


@pytest.fixture
async def case_settings(
    server: TestServer,
    key_database: TestDatabase,
    settings: Settings,
    kafka: Kafka,
    service_token: Path,
    mapped: str,
) -> AsyncIterator[GrievanceSettings]:
    """Settings of a case service beside the dashboard, on databases of its own."""
    async with server.database("template_log") as database:
        yield GrievanceSettings(
            grievance=Databases(dsn=database.service, keys_dsn=key_database.service),
            master_key=base64.b64encode(os.urandom(32)).decode(),
            jwks_file=settings.jwks_file,
            kafka=kafka,
            feeds={"territory": mapped},
            service_token_file=service_token,
        )


@pytest.fixture
async def cases(case_settings: GrievanceSettings) -> AsyncIterator[httpx.AsyncClient]:
    """The case service, served over HTTP."""
    async with (
        serving(app := grievance.api(case_settings)) as url,
        httpx.AsyncClient(base_url=url, trust_env=False) as client,
    ):
        await lay(app.state.service.pool, ["d", "d/s1", "d/s1/c1"])
        yield client


@pytest.fixture
def service_token(headers: Headers, tmp_path: Path) -> Path:
    """A token by which services ask one another."""
    token = tmp_path / "service.token"
    token.write_text(headers("service")["authorization"].removeprefix("Bearer "))
    return token


@pytest.fixture
def beside(
    settings: Settings,
    kafka: Kafka,
    cases: httpx.AsyncClient,
    service_token: Path,
    mapped: str,
    hours: str,
    accounts: str,
) -> Settings:
    """The dashboard's settings, with the other services and the broker in reach."""
    beside = {"territory": mapped, "volunteer": hours, "points": accounts}
    feeds = {"grievance": f"{cases.base_url}", **beside}
    told = {"kafka": kafka, "feeds": feeds, "service_token_file": service_token}
    return settings.model_copy(update=told)


@asynccontextmanager
async def _working(work: Work) -> AsyncIterator[None]:
    """A service's work goes on meanwhile, and ends in order."""
    stop = asyncio.Event()
    async with asyncio.timeout(2 * PATIENCE), asyncio.TaskGroup() as group:
        group.create_task(work(stop))
        try:
            yield
        finally:
            stop.set()


async def _file(cases: httpx.AsyncClient, headers: Headers, key: str) -> int:
    return int((await _receipt(cases, headers, key))["position"])


async def _receipt(cases: httpx.AsyncClient, headers: Headers, key: str) -> Any:
    about = {**headers("dispatcher"), "idempotency-key": key}
    answer = await cases.post("/cases", json=dict(PETITION), headers=about)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def _counted(
    service: Dashboard, client: httpx.AsyncClient, headers: Headers, until: int
) -> int:
    await service.watermarks.reach("case_lives", until, PATIENCE)
    page = await client.get("/boards/d", headers=headers())
    return int(page.json()["figures"]["open"]["value"])


async def test_a_petition_that_is_filed_there_is_counted_here(
    case_settings: GrievanceSettings,
    cases: httpx.AsyncClient,
    beside: Settings,
    service: Dashboard,
    client: httpx.AsyncClient,
    headers: Headers,
) -> None:
    first = await _file(cases, headers, "one")
    async with _working(lambda stop: dashboard.work(stop, beside)):
        # nothing is published yet: it comes from the feed
        assert await _counted(service, client, headers, first) == 1
        async with _working(lambda stop: grievance.work(stop, case_settings)):
            second = await _file(cases, headers, "two")
            assert await _counted(service, client, headers, second) == 2
            await dashboard.sample_shown(Sample(), beside)


async def test_a_board_as_it_was_known_is_built_from_the_feed_of_the_case_service(
    cases: httpx.AsyncClient, beside: Settings, headers: Headers
) -> None:
    moment = (await _receipt(cases, headers, "one"))["recorded_at"]
    await _file(cases, headers, "two")
    app = dashboard.api(beside)
    async with app.router.lifespan_context(app):
        await lay(app.state.service.pool, ["d", "d/s1", "d/s1/c1"])
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://linli") as client:
            for known, filed in ((moment, 1), ("2199-01-01T00:00:00Z", 2)):
                asked = {"known": known}
                answer = await client.get("/boards/d", params=asked, headers=headers())
                assert answer.status_code == 200, answer.text
                assert answer.json()["figures"]["open"]["value"] == filed
                assert answer.json()["watermark"]["position"] == filed


async def test_the_sample_waits_for_a_worker_but_not_for_ever(
    cases: httpx.AsyncClient, beside: Settings, headers: Headers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watermarks, "STILL", 0.2)
    await dashboard.sample_shown(Sample(), beside)  # there is nothing yet to wait for
    await _file(cases, headers, "one")
    with pytest.raises(StandsStill):
        await dashboard.sample_shown(Sample(), beside)


@pytest.mark.parametrize("missing", ["grievance", "territory", "volunteer", "points"])
async def test_the_sample_says_when_a_service_is_not_there(beside: Settings, missing: str) -> None:
    away = beside.model_copy(update={"feeds": {**beside.feeds, missing: NOWHERE}})
    with pytest.raises(FeedUnavailable):
        await dashboard.sample_shown(Sample(), away)


async def test_a_worker_says_what_it_was_not_told_before_it_opens_anything(
    settings: Settings,
) -> None:
    nowhere = settings.model_copy(update={"dashboard": Database(dsn="postgresql:///nowhere")})
    told = nowhere.model_copy(update={"kafka": Kafka(bootstrap="127.0.0.1:1")})
    for lacking, name in ((nowhere, "KAFKA"), (told, "FEEDS__GRIEVANCE")):
        with pytest.raises(Misconfigured, match=f"LINLI_{name}"):
            await dashboard.work(asyncio.Event(), lacking)


async def test_the_tables_are_made_by_the_owner(settings: Settings) -> None:
    with pytest.raises(Misconfigured, match="LINLI_DASHBOARD__OWNER_DSN"):
        dashboard.migrate(settings)


async def test_the_api_is_ready_without_a_broker_once_it_knows_the_district(
    settings: Settings,
) -> None:
    assert settings.kafka is None
    assert settings.feeds == {}
    app = dashboard.api(settings)
    assert not await dashboard.ready(app)
    async with app.router.lifespan_context(app):
        assert not await dashboard.ready(app)
        await lay(app.state.service.pool, ["d"])
        await app.state.service.map.read()
        assert await dashboard.ready(app)
    assert not await dashboard.ready(app)

"""An erasure over a broker: four services with their workers, each hearing of the others."""

from __future__ import annotations

import asyncio
import base64
import os
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from deploy.local.ports import ADDRESS, free_ports
from services.grievance import app as grievance
from services.grievance.settings import Settings as GrievanceSettings
from services.points import app as points
from services.points.settings import Settings as PointsSettings
from services.territory import app as territory
from services.territory.settings import Settings
from services.volunteer import app as volunteer
from services.volunteer.settings import Settings as VolunteerSettings
from shared.ops.settings import Databases, Kafka, Misconfigured
from shared.testkit.databases import TestServer
from tests.brokers import Embedded
from tests.shared.toy.waiting import until
from tests.territory.office import Headers
from tests.territory.register import Register

pytestmark = pytest.mark.postgres

SECONDS = 60.0
Work = Callable[[asyncio.Event], Coroutine[Any, Any, None]]


@pytest.fixture
def kafka(tmp_path: Path) -> Iterator[Kafka]:
    """A broker that nobody else uses: the names of topics are fixed."""
    broker = Embedded(tmp_path)
    broker.start()
    yield Kafka(bootstrap=broker.bootstrap, fetch_wait_ms=20, idempotent=False, partitions=3)
    broker.stop()


@pytest.fixture
def told(kafka: Kafka, headers: Headers, tmp_path: Path) -> dict[str, Any]:
    """What all are told: the broker, where the others answer, with which token to ask."""
    token = tmp_path / "service.token"
    bearer = headers("services", roles=("service",), territory="-")["authorization"]
    token.write_text(bearer.removeprefix("Bearer "))
    names = ("territory", "grievance", "volunteer", "points")
    ports = dict(zip(names, free_ports(len(names)), strict=True))
    feeds = {name: f"http://{ADDRESS}:{port}" for name, port in ports.items()}
    return {"kafka": kafka, "feeds": feeds, "service_token_file": token}


@pytest.fixture
async def cases(
    server: TestServer, jwks_file: Path, told: dict[str, Any], tmp_path: Path
) -> AsyncIterator[GrievanceSettings]:
    """Settings of a case service on databases of its own."""
    async with server.database("template_log") as log, server.database("template_keys") as keys:
        made = GrievanceSettings(
            grievance=Databases(dsn=log.service, keys_dsn=keys.service),
            master_key=base64.b64encode(os.urandom(32)).decode(),
            jwks_file=jwks_file,
        )
        yield made.model_copy(update=told)


@pytest.fixture
async def hours(
    server: TestServer, jwks_file: Path, told: dict[str, Any]
) -> AsyncIterator[VolunteerSettings]:
    """Settings of a volunteer service on databases of its own."""
    async with server.database("template_log") as log, server.database("template_keys") as keys:
        made = VolunteerSettings(
            volunteer=Databases(dsn=log.service, keys_dsn=keys.service),
            master_key=base64.b64encode(os.urandom(32)).decode(),
            jwks_file=jwks_file,
        )
        yield made.model_copy(update=told)


@pytest.fixture
async def accounts(
    server: TestServer, jwks_file: Path, told: dict[str, Any]
) -> AsyncIterator[PointsSettings]:
    """Settings of a points service on databases of its own."""
    async with server.database("template_log") as log, server.database("template_keys") as keys:
        made = PointsSettings(
            points=Databases(dsn=log.service, keys_dsn=keys.service),
            master_key=base64.b64encode(os.urandom(32)).decode(),
            jwks_file=jwks_file,
        )
        yield made.model_copy(update=told)


@asynccontextmanager
async def _serving(app: FastAPI, url: str) -> AsyncIterator[None]:
    port = httpx.URL(url).port or 0
    config = uvicorn.Config(app, ADDRESS, port, ws="none", log_config=None)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    async with asyncio.timeout(SECONDS):
        while not server.started and not serving.done():  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.01)
    yield
    server.should_exit = True
    await asyncio.wait_for(serving, SECONDS)


@asynccontextmanager
async def _working(*works: Work) -> AsyncIterator[None]:
    """The services' work goes on meanwhile, and ends in order."""
    stop = asyncio.Event()
    async with asyncio.timeout(2 * SECONDS), asyncio.TaskGroup() as group:
        for work in works:
            group.create_task(work(stop))
        try:
            yield
        finally:
            stop.set()


async def test_every_service_answers_whichever_is_up_first(
    settings: Settings,
    cases: GrievanceSettings,
    hours: VolunteerSettings,
    accounts: PointsSettings,
    told: dict[str, Any],
    register: Register,
) -> None:
    person, other = await register.add(), await register.add()
    await register.done(person, "erasure", reason="own_request")
    own, feeds = settings.model_copy(update=told), told["feeds"]

    async def complete() -> bool:
        view = await register.read(f"/residents/{person}/erasure")
        return bool(view["complete"])

    others: list[tuple[FastAPI, str, Work]] = [
        (grievance.api(cases), "grievance", lambda stop: grievance.work(stop, cases)),
        (volunteer.api(hours), "volunteer", lambda stop: volunteer.work(stop, hours)),
        (points.api(accounts), "points", lambda stop: points.work(stop, accounts)),
    ]
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(_serving(territory.api(own), feeds["territory"]))
        await stack.enter_async_context(_working(lambda stop: territory.work(stop, own)))
        for app, name, work in others:
            await asyncio.sleep(1)  # it is not up yet, and nothing falls over
            assert not await complete(), f"{name} has not answered"
            await stack.enter_async_context(_serving(app, feeds[name]))
            await stack.enter_async_context(_working(work))
        await until(complete, SECONDS)
    assert await register.ids() == {other}


async def test_a_worker_says_what_it_was_not_told_before_it_opens_anything(
    settings: Settings,
) -> None:
    nowhere = Databases(dsn="postgresql:///nowhere", keys_dsn="postgresql:///nowhere")
    bare = settings.model_copy(update={"territory": nowhere})
    broker = bare.model_copy(update={"kafka": Kafka(bootstrap="127.0.0.1:1")})
    for lacking, name in ((bare, "KAFKA"), (broker, "FEEDS__GRIEVANCE")):
        with pytest.raises(Misconfigured, match=f"LINLI_{name}"):
            await territory.work(asyncio.Event(), lacking)

"""`linli parked`: an event that this code cannot read waits with those behind it, until it can."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import asyncpg
import httpx
import pytest
from typer.testing import CliRunner

from deploy.cli import parked
from deploy.local.fault import Fault
from services.grievance import app as grievance
from services.grievance.service import MODELS, SEARCHED, opened
from services.grievance.settings import Settings
from shared.testkit.databases import TestDatabase
from shared.testkit.maps import lay
from tests.grievance.conftest import TERRITORIES
from tests.grievance.front_desk import FrontDesk, Headers

pytestmark = pytest.mark.postgres

KEPT = (*MODELS, *SEARCHED)
READ_BY_NOBODY = "update event set schema_version = $1 where stream_id = $2 and version = 2"


@pytest.fixture
async def cases(settings: Settings, headers: Headers) -> list[str]:
    """Two cases, each filed, accepted and dispatched."""
    app = grievance.api(settings)
    transport = httpx.ASGITransport(app=app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://linli") as client,
    ):
        await lay(app.state.service.pool, TERRITORIES)
        desk = FrontDesk(client, headers)
        ids = [str((await desk.file())["id"]) for _ in range(2)]
        for case_id in ids:
            await desk.walk(case_id, "accept", "dispatch")
    return ids


@pytest.fixture
def linli(
    settings: Settings, anyio_backend: str, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Any]:
    """Runs `linli parked …` against the service's databases."""
    service = replace(grievance.grievance, subscriptions=lambda: grievance.subscriptions(settings))
    monkeypatch.setattr(parked, "installed", lambda: [service])
    monkeypatch.setattr(parked, "inside", lambda _, work: asyncio.run(work()))
    return lambda *words: CliRunner().invoke(parked.app, words, env={"COLUMNS": "250"})


async def _written_by_newer_code(database: TestDatabase, case_id: str, version: int) -> None:
    connection = await asyncpg.connect(database.owner)
    await connection.execute(READ_BY_NOBODY, version, case_id)
    await connection.close()


async def _drained(settings: Settings) -> None:
    async with opened(settings) as service:
        await service.projector.drain()
        await service.searched.drain()


@contextmanager
def _a_case_waits(settings: Settings, database: TestDatabase, case_id: str) -> Iterator[None]:
    asyncio.run(_written_by_newer_code(database, case_id, 99))
    asyncio.run(_drained(settings))
    yield
    asyncio.run(_written_by_newer_code(database, case_id, 1))


def test_what_waits_is_listed_shown_and_taken_after_the_fix(
    linli: Callable[..., Any], settings: Settings, log_database: TestDatabase, cases: list[str]
) -> None:
    assert linli("list").stdout == "nothing is parked\n"
    with _a_case_waits(settings, log_database, cases[0]):
        listed = json.loads(linli("list", "--json").stdout)
        assert {line["subscription"] for line in listed} == {model.name for model in KEPT}
        assert {(line["stream"], line["events"]) for line in listed} == {(cases[0], 2)}
        assert "case-accepted v99" in listed[0]["reason"]
        shown = json.loads(linli("show", cases[0], "--json").stdout)
        assert [line["reason"] for line in shown[:2]] == [
            "cannot be read: case-accepted v99",
            "behind an earlier event of its stream",
        ]
        still = linli("replay")
        assert isinstance(still.exception, Fault)
        assert f"0 events taken, {2 * len(KEPT)} still wait" in still.stdout
    assert f"{2 * len(KEPT)} events taken, 0 still wait" in linli("replay").stdout
    assert linli("list").stdout == "nothing is parked\n"
    asyncio.run(_rows_are_those_of_a_rebuild(settings))


async def _rows_are_those_of_a_rebuild(settings: Settings) -> None:
    async with grievance.subscriptions(settings) as found:
        for name in (model.name for model in KEPT):
            model = found.models[name]
            assert (await model.rebuild(accept=False, progress=lambda _: None)).differences == 0


def test_a_stream_that_does_not_wait_and_a_service_that_is_not_there_are_faults(
    linli: Callable[..., Any], cases: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    refused: Any = linli("show", cases[0]).exception
    assert "nothing of stream" in str(refused)
    refused = linli("list", "--service", "nobody").exception
    assert "there is no service 'nobody'" in str(refused)

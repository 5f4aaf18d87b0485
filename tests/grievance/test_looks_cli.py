"""`linli audit looks`: who saw a case before it was known to those it should not be known to."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from deploy.cli import audit, looks
from services.grievance import app as grievance
from services.grievance.looking import noting
from services.grievance.service import Grievance, opened
from services.grievance.settings import Settings
from shared.testkit.maps import lay
from tests.grievance.conftest import TERRITORIES
from tests.grievance.front_desk import CLERK, UNIT, FrontDesk, Headers
from tests.grievance.seen import Clock

pytestmark = pytest.mark.postgres
Work = Callable[[Grievance], Awaitable[Any]]
LEAK = datetime(2026, 5, 1, 4, 0, tzinfo=UTC)
SEEN = ((30, {**CLERK, "sub": "long-before"}), (9, UNIT), (-1, {**CLERK, "sub": "after"}))


@pytest.fixture
async def case_id(settings: Settings, headers: Headers, monkeypatch: pytest.MonkeyPatch) -> str:
    """A case that was seen half an hour before the leak, nine minutes before it, and after."""
    app = grievance.api(settings)
    transport = httpx.ASGITransport(app=app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://linli") as client,
    ):
        await lay(app.state.service.pool, TERRITORIES)
        desk = FrontDesk(client, headers)
        case_id = str((await desk.file())["id"])
        await desk.walk(case_id, "accept", "dispatch")
        clock = Clock(LEAK)
        with monkeypatch.context() as standing:
            standing.setattr(noting, "datetime", clock)
            for minutes, actor in SEEN:
                clock.moment = LEAK - timedelta(minutes=minutes)
                assert (await desk.read(f"/cases/{case_id}", actor=actor)).status_code == 200
        await app.state.service.projector.drain()
    return case_id


@pytest.fixture
def linli(
    settings: Settings, case_id: str, anyio_backend: str, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., str]:
    """Runs `linli audit …` beside a worker that lists who looked; what it prints."""

    async def worked(work: Work) -> Any:
        stop = asyncio.Event()
        async with opened(settings) as service, asyncio.TaskGroup() as group:
            group.create_task(service.looked.run(stop))
            try:
                return await work(service)
            finally:
                stop.set()

    for module in (audit, looks):
        monkeypatch.setattr(module, "run", lambda _, work: asyncio.run(worked(work)))

    def run(*words: str) -> str:
        done = CliRunner().invoke(audit.app, words)
        assert done.exit_code == 0, done.output
        return done.stdout

    return run


def test_who_saw_the_case_in_the_ten_minutes_before(
    linli: Callable[..., str], case_id: str
) -> None:
    [line] = linli("looks", case_id, "--before", "2026-05-01T12:00").splitlines()
    assert line == (
        "2026-05-01 11:51:00  lamp-1 (handling_unit lamps)  case-opened case"
        "  saw address, email, name, phone"
    )
    earlier = linli("looks", case_id, "--before", "2026-05-01T12:00", "--minutes", "40")
    assert [line.split()[2] for line in earlier.splitlines()] == ["long-before", "lamp-1"]
    span = ("--from", "2026-05-01T12:00", "--until", "2026-05-01T12:10")
    assert "after" in linli("looks", case_id, *span)


def test_an_operator_who_reads_a_case_or_its_looks_is_on_the_list(
    linli: Callable[..., str], case_id: str
) -> None:
    linli("show", case_id)
    told = json.loads(linli("looks", case_id, "--json"))["items"]
    *_, shown, read = [(line["actor"].split(":")[0], line["type"]) for line in told]
    assert (shown, read) == (("operator", "case-opened"), ("operator", "looks-read"))


def test_two_ways_to_say_when_do_not_go_together() -> None:
    words = ("looks", "2549", "--before", "2026-05-01", "--from", "2026-04-01")
    assert CliRunner().invoke(audit.app, words).exit_code == 2

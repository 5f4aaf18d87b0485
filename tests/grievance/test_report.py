"""`linli report` on a running service: what it prints, as of now and of another time."""

from __future__ import annotations

import asyncio
import csv
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from deploy.cli import report
from services.grievance import app as grievance
from services.grievance.service import Grievance, opened
from services.grievance.settings import Settings
from shared.testkit.maps import lay
from tests.grievance.conftest import TERRITORIES
from tests.grievance.front_desk import FrontDesk, Headers
from tests.grievance.late import entered_late

pytestmark = pytest.mark.postgres
Work = Callable[[Grievance], Awaitable[Any]]


@pytest.fixture
async def standing(settings: Settings, headers: Headers) -> None:
    """One case of March, closed, and one petition of today, both on the boards."""
    app = grievance.api(settings)
    transport = httpx.ASGITransport(app=app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://linli") as client,
    ):
        await lay(app.state.service.pool, TERRITORIES)
        desk = FrontDesk(client, headers)
        await entered_late(desk)
        await desk.file(territory="d/s2/c9", channel="station")
        await app.state.service.projector.drain()


@pytest.fixture
def linli(
    settings: Settings, standing: None, anyio_backend: str, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Any]:
    """Runs `linli report …` against the service's databases: (stdout, stderr), or the refusal."""

    async def worked(work: Work) -> Any:
        async with opened(settings) as service:
            return await work(service)

    monkeypatch.setattr(report, "run", lambda _, work: asyncio.run(worked(work)))

    def run(*words: str) -> Any:
        done = CliRunner().invoke(report.app, words, env={"COLUMNS": "200"})
        if done.exit_code == 2:
            return done.stderr
        assert done.exit_code == 0, done.output
        return done.stdout, done.stderr

    return run


def test_reports_are_printed_with_how_far_they_are_true(linli: Callable[..., Any]) -> None:
    for words, told in (
        (("backlog",), ("lamps", "oldest since")),
        (("channels", "--by", "month"), ("2026-03", "station", "partly solved")),
        (("response-times",), ("median days", "4.0")),
    ):
        out, err = linli(*words)
        assert all(word in out for word in told), out
        assert err == "true up to position 8\n"


def test_a_program_reads_the_same_lines_as_json_or_csv(
    linli: Callable[..., Any], tmp_path: Path
) -> None:
    file = tmp_path / "lines.csv"
    for command in ("backlog", "channels", "response-times"):
        out, _ = linli(command, "--json", "--csv", str(file))
        lines = json.loads(out)
        with file.open(encoding="utf-8-sig", newline="") as written:
            read = list(csv.DictReader(written))
        assert len(read) == len(lines) > 0
        for one, other in zip(read, lines, strict=True):
            assert one == {name: "" if other[name] is None else str(other[name]) for name in one}
    [online, station] = json.loads(linli("channels", "--json")[0])
    assert (online["petitions"], online["solved"], station["closed"]) == (1, 1, 0)
    [only] = json.loads(linli("channels", "--json", "--territory", "d/s2")[0])
    assert only["channel"] == "station"


def test_reports_of_another_time(linli: Callable[..., Any]) -> None:
    [lamps] = json.loads(linli("backlog", "--json", "--at", "2026-03-04T09:00")[0])
    assert (lamps["unit"], lamps["signed"]) == ("lamps", 1)
    assert linli("backlog", "--json", "--at", "2026-03-01T08:59:59")[0] == "[]\n"
    out, err = linli("channels", "--json", "--known", "2026-03-04")
    assert (out, err) == ("[]\n", "true up to position 0\n")
    [whole, _] = json.loads(linli("response-times", "--json", "--at", "2026-03-04")[0])
    assert (whole["cases"], whole["median_days"]) == (1, None)


def test_words_that_are_no_time_and_no_month_are_refused(linli: Callable[..., Any]) -> None:
    for words in (
        ("backlog", "--at", "yesterday"),
        ("response-times", "--known", "0001-01-01"),
        ("channels", "--first", "2026-13"),
        ("channels", "--last", "2026-1"),
        ("backlog", "--overdue-after", "-1"),
    ):
        assert words[-1] in linli(*words)

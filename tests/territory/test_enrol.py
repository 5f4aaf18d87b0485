"""`linli enrol` on a running service: what it says, what it leaves, and that it bears repeating."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from deploy.cli import enrol
from deploy.local.fault import Fault
from services.territory.service import Territory, opened
from services.territory.settings import Settings
from tests.territory.maps import SHENGLI, register
from tests.territory.rolls import text
from tests.territory.settled import drawn

GOOD = [["wenhua-1", "101", "89.37"], ["wenhua-1", "102", "120.5"]]


@asynccontextmanager
async def _followed(settings: Settings) -> AsyncIterator[Territory]:
    """The service with its read models kept up beside it, as a worker does."""
    async with opened(settings) as service:
        stop = asyncio.Event()
        following = asyncio.create_task(service.projector.run(stop))
        yield service
        stop.set()
        await following


@pytest.fixture
def linli(
    settings: Settings, anyio_backend: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., Any]:
    """Runs `linli enrol …` in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(enrol, "inside", lambda _, work: asyncio.run(work()))
    monkeypatch.setattr(enrol, "opened", lambda _: _followed(settings))
    monkeypatch.setattr(enrol, "Settings", lambda: settings)
    app = typer.Typer()
    app.command()(enrol.enrol)
    return lambda *words: CliRunner().invoke(app, words)


@pytest.fixture
def a_map(settings: Settings, anyio_backend: str) -> None:
    """The map of Shengli street."""
    asyncio.run(drawn(settings, register(SHENGLI)))


def test_it_says_what_it_took_and_lists_what_not(
    linli: Callable[..., Any], a_map: None, tmp_path: Path
) -> None:
    Path("flats.csv").write_text(text([*GOOD, ["nowhere", "1", "50"]]), encoding="gb18030")
    first = linli("flats.csv")
    assert first.exit_code == 0, first.output
    assert "3 rows: 2 registered, 0 known already, 1 refused" in first.output
    assert "flats.rejects.csv" in first.output
    lines = (tmp_path / "flats.rejects.csv").read_text("utf-8-sig").splitlines()
    assert lines == ["row,column,reason", "4,楼栋,is no territory on the map"]
    again = linli("flats.csv", "--rejects", "again.csv", "--json")
    assert json.loads(again.stdout) == {
        "rows": 3, "registered": 0, "known": 2, "refused": 1, "position": 11,
        "rejects": "again.csv",
    }  # fmt: skip


def test_a_file_that_cannot_be_read_is_a_fault(linli: Callable[..., Any], a_map: None) -> None:
    Path("flats.csv").write_text("a,b\n1,2\n")
    for file in ("flats.csv", "none.csv"):
        done = linli(file)
        assert isinstance(done.exception, Fault)
        assert file in str(done.exception)


def test_without_a_map_there_is_nothing_to_enrol_into(linli: Callable[..., Any]) -> None:
    Path("flats.csv").write_text(text(GOOD))
    assert "no map yet" in str(linli("flats.csv").exception)

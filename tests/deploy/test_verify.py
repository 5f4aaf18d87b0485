"""`linli verify`: every log of this machine, hashed again."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import pytest
from typer.testing import CliRunner

from deploy.cli import main, verify
from deploy.local.installed import INSTALLED
from services.grievance.app import grievance
from services.territory.app import territory
from shared.runtime.hosting import Kept
from shared.store.pool import connect
from shared.testkit.databases import TestDatabase, TestServer
from tests.shared.toy.asking import LOG
from tests.shared.toy.pasts import record_at_random

pytestmark = pytest.mark.postgres


@pytest.fixture
async def second(server: TestServer) -> AsyncIterator[TestDatabase]:
    async with server.database("template_log") as database:
        yield database


@pytest.fixture
async def linli(
    log_database: TestDatabase, second: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Any]:
    """Runs `linli verify` over two services whose logs have a past."""
    for database in (log_database, second):
        connection = await connect(database.service)
        await record_at_random(connection, seed=5)
        await connection.close()
    services = [
        replace(territory, kept=[Kept(LOG, lambda: log_database.service)]),
        replace(grievance, kept=[Kept(LOG, lambda: second.service)]),
    ]
    monkeypatch.setattr(verify, "installed", lambda: services)
    monkeypatch.setattr(verify, "inside", lambda _, work: asyncio.run(work()))
    return lambda *words: CliRunner().invoke(main.app, ["verify", *words])


def test_every_log_of_this_machine_is_kept_in_sight() -> None:
    assert {kept.log for one in INSTALLED for kept in one.kept} == {
        "territory", "grievance", "grievance-access", "volunteer", "points",
    }  # fmt: skip


async def _asked(linli: Callable[..., Any], *words: str) -> Any:
    return await asyncio.to_thread(linli, *words)


async def test_every_log_is_hashed_again(linli: Callable[..., Any]) -> None:
    done = await _asked(linli)
    assert done.exit_code == 0
    assert done.stdout.count("every hash holds") == 2
    told = json.loads((await _asked(linli, "--json")).stdout)
    assert told["ok"]
    assert len(told["logs"]) == 2
    assert told["verified"] == sum(line["verified"] for line in told["logs"]) > 0


async def test_a_log_that_was_touched_is_named_with_its_position(
    linli: Callable[..., Any], second: TestDatabase
) -> None:
    owner = await connect(second.owner)
    await owner.execute("update event set actor = 'nobody' where position = 7")
    await owner.close()
    done = await _asked(linli)
    assert done.exit_code != 0
    assert "position 7" in str(done.exception)
    [_, touched] = json.loads((await _asked(linli, "--json")).stdout)["logs"]
    assert (touched["ok"], touched["position"]) == (False, 7)

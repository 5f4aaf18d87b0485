"""`linli audit epoch` and `linli audit compensations`: what is recorded is told, and kept."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from typer.testing import CliRunner

from deploy.cli import epoch, main
from deploy.local.fault import Fault
from services.dashboard.app import dashboard
from services.grievance.app import grievance
from shared.runtime.hosting import Kept
from shared.store import compensations, epochs
from shared.store.compensations import Reaction
from shared.store.pool import Connection, connect
from shared.testkit.databases import TestDatabase
from tests.shared.toy.asking import LOG
from tests.shared.toy.pasts import opened, put, record

pytestmark = pytest.mark.postgres

Linli = Callable[..., Any]


@pytest.fixture
async def linli(log_database: TestDatabase, monkeypatch: pytest.MonkeyPatch) -> Linli:
    """Runs `linli audit` over a case service whose log has four events."""
    connection = await connect(log_database.service)
    await record(connection, [opened(), put(1), put(2), put(3)])
    await connection.close()
    services = {
        "grievance": replace(grievance, kept=[Kept(LOG, lambda: log_database.service)]),
        "dashboard": dashboard,
        "several": replace(
            grievance, kept=[Kept(one, lambda: log_database.service) for one in (LOG, "other")]
        ),
    }
    monkeypatch.setattr(epoch, "named", services.__getitem__)
    monkeypatch.setattr(epoch, "inside", lambda _, work: asyncio.run(work()))
    return lambda *words: asyncio.to_thread(CliRunner().invoke, main.app, ["audit", *words])


@pytest.fixture
async def log(log_database: TestDatabase) -> Any:
    made = await connect(log_database.service)
    yield made
    await made.close()


async def test_an_epoch_is_raised_where_the_log_ends(linli: Linli, log: Connection) -> None:
    done = await linli("epoch", "grievance", "--reason", "disk lost")
    assert done.exit_code == 0
    made = await epochs.current(log, LOG)
    assert (made.number, made.fork, made.reason) == (2, 4, "disk lost")
    assert "epoch 2" in done.output
    assert "up to position 4" in done.output


async def test_an_epoch_is_raised_where_it_is_told_to(linli: Linli, log: Connection) -> None:
    words = ("--fork", "2", "--number", "5", "--reason", "promoted", "--json")
    [told] = json.loads((await linli("epoch", "grievance", *words)).output)
    assert (told["log"], told["number"], told["fork"], told["reason"]) == (LOG, 5, 2, "promoted")
    assert UUID(told["log_id"]) == (await epochs.current(log, LOG)).log_id


async def test_all_logs_of_a_service_are_raised_or_the_one_that_is_named(
    linli: Linli, log: Connection
) -> None:
    words = ("epoch", "several", "--reason", "disk lost", "--json")
    told = json.loads((await linli(*words)).output)
    assert [(o["log"], o["number"], o["fork"]) for o in told] == [(LOG, 2, 4), ("other", 2, 0)]
    [told] = json.loads((await linli(*words, "--log", LOG, "--fork", "0")).output)
    assert (told["log"], told["number"], told["fork"]) == (LOG, 3, 0)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("grievance", "--reason", "x", "--fork", "5"), "ends at 4"),
        (("grievance", "--reason", " "), "--reason"),
        (("dashboard", "--reason", "x"), "owns no log"),
        (("grievance", "--reason", "x", "--log", "other"), "owns no log other"),
        (("several", "--reason", "x", "--fork", "0"), "several logs"),
    ],
)
async def test_what_cannot_be_is_refused_and_changes_nothing(
    words: tuple[str, ...], why: str, linli: Linli, log: Connection
) -> None:
    done = await linli("epoch", *words)
    assert isinstance(done.exception, Fault)
    assert why in str(done.exception)
    assert await epochs.all_of(log, LOG) == []


async def test_an_epoch_without_a_reason_is_none(linli: Linli, log: Connection) -> None:
    assert (await linli("epoch", "grievance")).exit_code == 2
    assert await epochs.all_of(log, LOG) == []


async def test_what_was_done_for_what_is_lost_is_listed(linli: Linli, log: Connection) -> None:
    assert (await linli("compensations", "grievance")).output.startswith("nothing")
    assert json.loads((await linli("compensations", "grievance", "--json")).output) == []
    [(stream, known)] = await log.fetch("select stream_id, command_id from event limit 1")
    unknown = UUID(int=9)
    made = [Reaction(1, 17, 0, known), Reaction(1, 18, 0, unknown)]
    await compensations.note(log, "when_x_then_y", "territory", made)
    one, two = json.loads((await linli("compensations", "grievance", "--json")).output)
    assert (one["policy"], one["log"], one["position"]) == ("when_x_then_y", "territory", 17)
    assert one["streams"] == [str(stream)]
    assert one["types"] == ["money-put", "purse-opened"]
    assert (two["command_id"], two["streams"], two["types"]) == (str(unknown), [], [])
    assert "when_x" in (await linli("compensations", "grievance")).output

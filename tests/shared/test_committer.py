"""Group commit: neighbours of a bad command are none the worse for it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from shared.runtime.commands.committer import Committer
from shared.store import read
from shared.store.append import Decided, Outcome
from shared.store.pool import Connection
from shared.testkit.databases import TestDatabase
from tests.shared.toy.appending import puts
from tests.shared.toy.asking import LOG

pytestmark = pytest.mark.postgres

TRANSACTIONS = "select count(distinct xmin::text) from event"


@pytest.fixture
async def committer(log_database: TestDatabase) -> AsyncIterator[Committer]:
    """Appends to an empty log."""
    made = Committer(log_database.service, LOG)
    yield made
    await made.aclose()


async def _all(committer: Committer, *commands: Decided) -> list[Outcome | BaseException]:
    return await asyncio.gather(*map(committer.commit, commands), return_exceptions=True)


async def test_commands_that_wait_together_are_one_transaction(
    committer: Committer, connection: Connection
) -> None:
    outcomes = await _all(committer, *(puts(uuid4(), 0) for _ in range(10)))
    assert [o.last_position for o in outcomes if isinstance(o, Outcome)] == list(range(1, 11))
    assert await connection.fetchval(TRANSACTIONS) == 1


@pytest.mark.parametrize(
    "poison",
    [{"territory": "d/\x00"}, {"actor": "\ud800"}, {"schema_version": 40_000}],
    ids=["NUL", "lone surrogate", "number too large"],
)
async def test_a_poisoned_command_fails_alone(
    committer: Committer, connection: Connection, poison: dict[str, Any]
) -> None:
    bad, hot = puts(uuid4(), 0, **poison), uuid4()
    good = [puts(hot, 0), puts(hot, 1), puts(uuid4(), 0)]
    outcomes = await asyncio.wait_for(_all(committer, good[0], bad, *good[1:]), 10)
    failed = outcomes.pop(1)
    assert isinstance(failed, asyncpg.PostgresError | ValueError)
    assert [o.verdict for o in outcomes if isinstance(o, Outcome)] == ["appended"] * 3
    assert await read.head(connection, LOG) == 3
    assert await connection.fetchval("select count(*) from command") == 3


async def test_the_same_command_twice_in_a_group_is_appended_once(
    committer: Committer, connection: Connection
) -> None:
    first = puts(uuid4(), 0, times=2)
    twin = puts(uuid4(), 0, command_id=first.command_id)
    outcomes = await _all(committer, first, puts(uuid4(), 0), twin, puts(uuid4(), 0))
    verdicts = [o.verdict for o in outcomes if isinstance(o, Outcome)]
    assert verdicts == ["appended", "appended", "duplicate", "appended"]
    assert await read.head(connection, LOG) == 4
    assert await connection.fetchval(TRANSACTIONS) == 1  # the neighbours stayed together

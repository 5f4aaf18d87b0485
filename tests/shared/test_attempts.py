"""Tries at a short secret: few in a while, for all processes together, and never for long."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest

from shared.store.attempts import MOST, WAITS, WINDOW, Attempts
from shared.store.pool import Pool, open_pool
from shared.testkit.databases import TestDatabase

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
AGO = "update attempt set latest = latest - $1::int * interval '1 second'"
BEGAN = "update attempt set began = began - $1::interval, latest = latest - $1::interval"


@pytest.fixture
async def pool(log_database: TestDatabase) -> AsyncIterator[Pool]:
    """Connections of the service's role."""
    made = await open_pool(log_database.service)
    yield made
    await made.close()


@pytest.fixture
async def owner(log_database: TestDatabase) -> AsyncIterator[asyncpg.Connection]:
    """Who can turn the clock of what was counted."""
    connection = await asyncpg.connect(log_database.owner)
    yield connection
    await connection.close()


async def test_tries_get_slower_and_then_there_are_none_until_the_window_ends(
    pool: Pool, owner: asyncpg.Connection
) -> None:
    attempts, other = Attempts(pool), Attempts(pool)
    for number, wait in enumerate(WAITS, start=1):
        assert await (other if number % 2 else attempts).take("1042") == 0, number
        if wait:
            left = await attempts.take("1042")
            assert wait - 1 <= left <= wait, (number, left)
            await owner.execute(AGO, wait)
    assert await attempts.take("1042") == 0
    left = await attempts.take("1042")
    assert WINDOW.total_seconds() - 60 < left <= WINDOW.total_seconds()
    await owner.execute(AGO, 600)
    assert await attempts.take("1042") > 0, "no try is left, however long ago the last one was"
    assert await attempts.take("1043") == 0
    await owner.execute(BEGAN, WINDOW)
    for _ in range(MOST - len([wait for wait in WAITS if wait]) - 1):
        assert await attempts.take("1042") == 0, "a new window"


async def test_refused_tries_keep_nobody_out_any_longer(
    pool: Pool, owner: asyncpg.Connection
) -> None:
    attempts = Attempts(pool)
    await owner.execute(
        "insert into attempt values ('1042', $1, now() - interval '14 minutes', now())", MOST
    )
    for _ in range(5):
        assert 50 <= await attempts.take("1042") <= 60


async def test_a_hundred_tries_at_once_are_no_more_than_the_count_allows(pool: Pool) -> None:
    attempts = Attempts(pool)
    answers = await asyncio.gather(*(attempts.take("1042") for _ in range(100)))
    free = WAITS.index(2) + 1
    assert answers.count(0) in (free, free + 1), "one more where this took two seconds"


async def test_who_knew_the_secret_begins_anew_and_old_tries_are_swept(
    pool: Pool, owner: asyncpg.Connection
) -> None:
    attempts = Attempts(pool)
    while await attempts.take("1042") == 0:
        pass
    await attempts.forget("1042")
    assert await attempts.take("1042") == 0
    await attempts.take("1043")
    await owner.execute(f"{BEGAN} where subject = '1043'", WINDOW)
    await attempts.sweep()
    assert await owner.fetchval("select array_agg(subject) from attempt") == ["1042"]

"""Tables are flipped under their readers: who asks is answered, from the old or from the new."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from shared.core.projection import ReadModel
from shared.runtime.projections.log_fed import LogFed
from shared.runtime.projections.rebuilding import Different, Rebuild
from shared.store import beside
from shared.store.append import append
from shared.store.beside import InUse
from shared.store.pool import Connection, Pool, open_pool
from shared.testkit.databases import TestDatabase
from tests.shared.toy.appending import On, decided
from tests.shared.toy.asking import LOG
from tests.shared.toy.decider import purse
from tests.shared.toy.pasts import opened, put, record
from tests.shared.toy.purses import PurseRow, purses
from tests.shared.toy.tables import assert_right, projector, rows

pytestmark = pytest.mark.postgres
FLIPS = 20
PURSES = 30
PAGE = "select * from purses where territory = $1 order by purse_id limit 20"
COUNT = "select purses, fen from purse_count where territory = $1"
BOTH = """
select c.purses, count(*) as there, min(p.fen) as least
from purse_count c join read.purses p using (territory) where territory = $1 group by 1
"""

Ask = Callable[[Pool], Awaitable[None]]


@dataclass(frozen=True)
class WiderRow(PurseRow):
    """The purse of a later version."""

    seen_at: datetime


def _wider(row: Any, recorded: Any) -> Any:
    made = purses.fold(row, recorded)
    return None if made is None else WiderRow(**{**vars(made), "seen_at": recorded.recorded_at})


def _rebuild(pool: Pool, model: ReadModel[Any, Any] = purses) -> Rebuild:
    return Rebuild(LogFed(pool, LOG, purse.events, model))


@pytest.fixture
async def readers(log_database: TestDatabase) -> AsyncIterator[Pool]:
    """Connections of those who only read."""
    made = await open_pool(log_database.service)
    yield made
    await made.close()


async def _page(pool: Pool) -> None:
    async with pool.acquire() as connection:
        found = await connection.fetch(PAGE, "d/s1")
        assert len(found) == 20
        assert all(row["fen"] >= 5 for row in found)


async def _count(pool: Pool) -> None:
    async with pool.acquire() as connection:
        [found] = await connection.fetch(COUNT, "d/s1")
        assert found["purses"] == PURSES
        assert found["fen"] >= 5 * PURSES


async def _both(pool: Pool) -> None:
    async with pool.acquire() as connection:
        [found] = await connection.fetch(BOTH, "d/s1")
        assert found["purses"] == found["there"] == PURSES
        assert found["least"] >= 5


async def _both_in_a_transaction(pool: Pool) -> None:
    async with pool.acquire() as connection, connection.transaction():
        assert len(await connection.fetch(PAGE, "d/s1")) == 20
        [found] = await connection.fetch(COUNT, "d/s1")
        assert found["purses"] == PURSES


class Asking:
    """Readers that ask all the time, each as soon as it was answered."""

    def __init__(self, pool: Pool, *asks: Ask) -> None:
        self._pool = pool
        self._asks = asks
        self._stop = False
        self._answered: list[asyncio.Event] = [asyncio.Event() for _ in asks]

    async def all_are_answered(self) -> None:
        """Each was answered once more; the answer may be to a question that was under way."""
        for event in self._answered:
            event.clear()
        async with asyncio.timeout(20):
            await asyncio.gather(*(event.wait() for event in self._answered))

    async def __aenter__(self) -> Asking:
        self._tasks = [asyncio.create_task(self._loop(n)) for n in range(len(self._asks))]
        await self.all_are_answered()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._stop = True
        async with asyncio.timeout(20):
            await asyncio.gather(*self._tasks)

    async def _loop(self, number: int) -> None:
        while not self._stop:
            await self._asks[number](self._pool)
            self._answered[number].set()


async def _begin(connection: Connection, pool: Pool) -> list[UUID]:
    streams = await record(connection, *([opened(), put(5)] for _ in range(PURSES)))
    await (await projector(pool)).drain()
    return streams


async def test_twenty_flips_under_readers_are_not_seen(
    connection: Connection, pool: Pool, readers: Pool
) -> None:
    streams = await _begin(connection, pool)
    runner, stop = await projector(pool), asyncio.Event()
    following = asyncio.create_task(runner.run(stop))
    asks = (_page, _count, _both, _both_in_a_transaction)
    async with Asking(readers, *asks) as asking:
        for number in range(FLIPS):
            adding = [decided(On(key, number + 2, [put(1)])) for key in streams]
            rebuilding = asyncio.create_task(_rebuild(pool).run())
            await append(connection, LOG, adding)
            assert (await rebuilding).differences == 0
            await asking.all_are_answered()
    stop.set()
    async with asyncio.timeout(20):
        await following
    await runner.drain()
    await assert_right(connection)


async def test_a_table_of_another_shape_takes_the_place_of_the_old(
    connection: Connection, pool: Pool, readers: Pool
) -> None:
    await _begin(connection, pool)
    shapes = [replace(purses, row=WiderRow, fold=_wider), purses]
    async with Asking(readers, _page, _count) as asking:
        for number in range(6):
            with pytest.raises(Different) as different:
                await _rebuild(pool, shapes[number % 2]).run()
            assert different.value.rows == 2 * PURSES
            await _rebuild(pool, shapes[number % 2]).run(accept=True)
            await asking.all_are_answered()
    assert len(await rows(connection)) == PURSES


async def test_a_flip_behind_a_long_read_lets_other_readers_pass(
    connection: Connection, pool: Pool, readers: Pool
) -> None:
    await _begin(connection, pool)
    slowest = 0.0

    async def timed(pool: Pool) -> None:
        nonlocal slowest
        began = time.monotonic()
        await _both(pool)
        slowest = max(slowest, time.monotonic() - began)

    async with readers.acquire() as reader:
        transaction = reader.transaction()
        await transaction.start()
        await reader.fetch(PAGE, "d/s1")
        async with Asking(readers, timed):
            rebuilding = asyncio.create_task(_rebuild(pool).run())
            done, _ = await asyncio.wait([rebuilding], timeout=1.5)
            assert not done, "it waits for the reader"
            await transaction.commit()
            async with asyncio.timeout(20):
                assert (await rebuilding).differences == 0
    assert slowest < 1.0


async def test_a_reader_that_never_lets_go_leaves_all_as_it_is(
    connection: Connection, pool: Pool, readers: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _begin(connection, pool)
    monkeypatch.setattr(beside, "TRIES", 2)
    async with readers.acquire() as reader, reader.transaction():
        await reader.fetch(PAGE, "d/s1")
        with pytest.raises(InUse):
            await _rebuild(pool).run()
    await assert_right(connection)
    assert (await _rebuild(pool).run()).differences == 0


async def test_two_tables_locked_in_another_order_are_no_deadlock(
    connection: Connection, pool: Pool, readers: Pool
) -> None:
    await _begin(connection, pool)
    async with readers.acquire() as reader:
        transaction = reader.transaction()
        await transaction.start()
        await reader.fetch(COUNT, "d/s1")
        rebuilding = asyncio.create_task(_rebuild(pool).run())
        await asyncio.wait([rebuilding], timeout=0.5)
        async with asyncio.timeout(5):
            assert len(await reader.fetch(PAGE, "d/s1")) == 20
        await transaction.commit()
        async with asyncio.timeout(20):
            assert (await rebuilding).differences == 0

"""A read model is built anew beside the live one, compared, and put in its place."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from shared.core.projection import ReadModel
from shared.runtime.projections import log_fed, rebuilding
from shared.runtime.projections.log_fed import LogFed
from shared.runtime.projections.rebuilding import Different, Rebuild, Rebuilt
from shared.store.pool import Connection, Pool
from tests.shared.test_poison_in_the_log import spoilt, waiting
from tests.shared.toy.asking import LOG
from tests.shared.toy.decider import purse
from tests.shared.toy.pasts import opened, record, record_at_random
from tests.shared.toy.purses import purses
from tests.shared.toy.tables import assert_right, projector, rows

pytestmark = pytest.mark.postgres


def _rebuild(pool: Pool, model: ReadModel[Any, Any] = purses) -> Rebuild:
    return Rebuild(LogFed(pool, LOG, purse.events, model))


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages end within streams."""
    for module in (log_fed, rebuilding):
        monkeypatch.setattr(module, "PAGE", 23)


async def test_rebuilt_rows_equal_lived_rows(connection: Connection, pool: Pool) -> None:
    await record_at_random(connection, seed=9)
    runner = await projector(pool)
    await runner.drain()
    before = await rows(connection), await rows(connection, "purse_count")
    assert await _rebuild(pool).run() == Rebuilt(events=300, differences=0)
    assert (await rows(connection), await rows(connection, "purse_count")) == before
    await record_at_random(connection, seed=10)
    await runner.drain()
    await assert_right(connection)
    assert (await _rebuild(pool).run()).differences == 0, "and once more"


async def test_rows_that_differ_stay_until_they_are_accepted(
    connection: Connection, pool: Pool
) -> None:
    await record_at_random(connection, seed=3)
    await (await projector(pool)).drain()
    await connection.execute("update read.purses set fen = fen + 1")
    lived = await rows(connection)
    with pytest.raises(Different) as different:
        await _rebuild(pool).run()
    assert different.value.rows == 2 * len(lived)
    assert await rows(connection) == lived, "nothing was flipped"
    made = await _rebuild(pool).run(accept=True)
    assert made.differences == 2 * len(lived)
    await assert_right(connection)
    old = await connection.fetch("select * from read_old.purses")
    assert sorted(tuple(row) for row in old) == lived, "the old one is kept"


async def test_it_parks_what_was_parked_and_nothing_that_came_before_it(
    connection: Connection, owner: Connection, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_fed, "PAGE", 1_000)
    await spoilt(connection, owner)
    await (await projector(pool)).drain()
    lived = await rows(connection), await waiting(connection, "purses")
    assert (await _rebuild(pool).run()).differences == 0
    assert (await rows(connection), await waiting(connection, "purses")) == lived


async def test_a_changed_fold_is_listed_and_taken_on_request(
    connection: Connection, pool: Pool
) -> None:
    await record(connection, [opened()], [opened()])
    await (await projector(pool)).drain()
    doubled = replace(purses, fold=lambda row, event: _rich(purses.fold(row, event)))
    with pytest.raises(Different):
        await _rebuild(pool, doubled).run()
    await _rebuild(pool, doubled).run(accept=True)
    assert {row[3] for row in await rows(connection)} == {1_000}


async def test_readers_never_see_less_while_events_come_in(
    connection: Connection, pool: Pool
) -> None:
    await record_at_random(connection, seed=1, events=600)
    runner = await projector(pool)
    await runner.drain()
    stop, seen = asyncio.Event(), [len(await rows(connection))]
    following = asyncio.create_task(runner.run(stop))
    watching = asyncio.create_task(_watch(pool, stop, seen))
    for seed in range(3):
        rebuilt = asyncio.create_task(_rebuild(pool).run())
        await record(connection, *([opened()] for _ in range(40)))
        assert (await rebuilt).differences == 0, f"round {seed}"
    stop.set()
    await asyncio.gather(following, watching)
    await runner.drain()
    await assert_right(connection)
    assert len(seen) > 10
    assert seen == sorted(seen), "the table never shrank, so it was never empty"


async def _watch(pool: Pool, stop: asyncio.Event, seen: list[int]) -> None:
    async with pool.acquire() as connection:
        while not stop.is_set():
            seen.append(await connection.fetchval("select count(*) from read.purses"))
            await asyncio.sleep(0)


def _rich(row: Any) -> Any:
    return None if row is None else replace(row, fen=1_000)

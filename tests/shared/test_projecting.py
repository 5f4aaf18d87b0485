"""Read models on a real server: rows and tallies are a function of the log."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Any
from unittest.mock import AsyncMock

import pytest

from shared.core.projection import ReadModel
from shared.runtime.projections import projecting
from shared.runtime.projections.watermarks import Watermarks
from shared.store import cursors, read, tables
from shared.store.append import append
from shared.store.cursors import CursorMoved, Watermark
from shared.store.pool import Connection, Pool
from tests.shared.toy.appending import On, decided
from tests.shared.toy.asking import LOG, NOON
from tests.shared.toy.events import PurseClosed, PurseMoved
from tests.shared.toy.pasts import opened, put, record, record_at_random
from tests.shared.toy.purses import purses
from tests.shared.toy.tables import assert_counted, assert_right, projector, rows

pytestmark = pytest.mark.postgres


def one_page_at_a_time(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """However far behind a runner is, it writes after each page of this size."""
    monkeypatch.setattr(projecting, "PAGE", size)
    monkeypatch.setattr(projecting, "FAR", size)


async def test_rows_and_tallies_follow_the_log(connection: Connection, pool: Pool) -> None:
    one, two = await record(connection, [opened(), put(5)], [opened(), put(2)])
    runner = await projector(pool)
    await runner.drain()
    assert await rows(connection) == sorted(
        [
            (one, "somebody", "d/s1", 5, 2, NOON, False),
            (two, "somebody", "d/s1", 2, 2, NOON, False),
        ]
    )
    assert await rows(connection, "purse_count") == [("d/s1", 2, 7)]
    mark = (await cursors.read(connection, ["purses"], LOG))["purses"]
    [*_, last] = await read.page(connection, LOG, 0, 10)
    assert mark == Watermark(4, last["recorded_at"])


async def test_a_tally_goes_down_when_a_row_moves_or_goes(
    connection: Connection, pool: Pool
) -> None:
    runner = await projector(pool)
    one, two = await record(connection, [opened(), put(5)], [opened()])
    await runner.drain()
    await append(connection, LOG, [decided(On(one, 2, [PurseMoved(at=NOON, territory="d/s2")]))])
    await runner.drain()
    assert await rows(connection, "purse_count") == [("d/s1", 1, 0), ("d/s2", 1, 5)]
    await append(connection, LOG, [decided(On(two, 1, [PurseClosed(at=NOON)]))])
    await runner.drain()
    assert await rows(connection, "purse_count") == [("d/s2", 1, 5)]
    assert [row[0] for row in await rows(connection)] == [one]


async def test_a_row_that_comes_and_goes_within_a_page_leaves_nothing(
    connection: Connection, pool: Pool
) -> None:
    await record(connection, [opened(), put(5), PurseClosed(at=NOON)])
    await (await projector(pool)).drain()
    assert await rows(connection) == await rows(connection, "purse_count") == []


@pytest.mark.parametrize(("page", "far"), [(1, 1), (1, 50), (7, 20), (7, 1_000), (1_000, 1_000)])
async def test_pages_of_any_size_give_the_same_rows(
    connection: Connection, pool: Pool, page: int, far: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    await record_at_random(connection, seed=page)
    monkeypatch.setattr(projecting, "PAGE", page)
    monkeypatch.setattr(projecting, "FAR", far)
    await (await projector(pool)).drain()
    await assert_right(connection)


@pytest.mark.parametrize("seed", range(5))
async def test_a_tally_is_always_a_recount_of_its_rows(
    connection: Connection, pool: Pool, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_page_at_a_time(monkeypatch, Random(seed).randrange(2, 40))
    runner = await projector(pool)
    for part in range(3):
        await record_at_random(connection, seed=100 * seed + part, events=100)
        while await runner.step():
            await assert_counted(connection)


async def test_every_page_delivered_twice_changes_nothing(
    connection: Connection, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    await record_at_random(connection, seed=1)
    one_page_at_a_time(monkeypatch, 7)
    runner = await projector(pool)
    where = await cursors.read(connection, ["purses"], LOG)
    while await runner.step():
        once = await rows(connection), await rows(connection, "purse_count")
        with monkeypatch.context() as patch:
            patch.setattr(cursors, "read", AsyncMock(return_value=where))
            with pytest.raises(CursorMoved):
                await runner.step()
        assert (await rows(connection), await rows(connection, "purse_count")) == once
        where = await cursors.read(connection, ["purses"], LOG)
    await assert_right(connection)


async def test_of_two_runners_at_once_one_fails_and_the_rows_are_right(
    connection: Connection, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    await record_at_random(connection, seed=2)
    one_page_at_a_time(monkeypatch, 10)
    runners = [await projector(pool), await projector(pool)]
    both_have_looked = asyncio.Barrier(2)
    standing = cursors.read

    async def together(*about: Any) -> Mapping[str, Watermark]:
        found = await standing(*about)
        async with asyncio.timeout(5):
            await both_have_looked.wait()
        return found

    monkeypatch.setattr(cursors, "read", together)
    for _ in range(5):
        steps = await asyncio.gather(*(one.step() for one in runners), return_exceptions=True)
        assert {type(step) for step in steps} == {int, CursorMoved}
    monkeypatch.setattr(cursors, "read", standing)
    await runners[0].drain()
    await assert_right(connection)


async def test_a_page_that_fails_half_way_writes_nothing(
    connection: Connection, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    await record(connection, [opened(), put(5)])
    runner = await projector(pool)
    write = tables.write

    async def broken(*about: Any) -> None:
        await write(*about)
        raise ConnectionResetError

    monkeypatch.setattr(tables, "write", broken)
    with pytest.raises(ConnectionResetError):
        await runner.step()
    assert await rows(connection) == await rows(connection, "purse_count") == []
    monkeypatch.undo()
    assert await runner.step() == 2
    assert await rows(connection, "purse_count") == [("d/s1", 1, 5)]


async def test_a_model_added_later_catches_up_while_the_other_stands_still(
    connection: Connection, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_page_at_a_time(monkeypatch, 30)
    await record_at_random(connection, seed=3, events=100)
    await (await projector(pool)).drain()
    later: ReadModel[Any, Any] = replace(purses, name="purses_again", tally=None)
    both = await projector(pool, purses, later)
    marks = Watermarks(pool, LOG)
    for expected in (30, 60, 90, 100):
        await both.step()
        assert (await marks.of("purses_again")).position == expected
        assert (await marks.of("purses")).position == 100
    assert await rows(connection, "purses_again") == await rows(connection)
    await record_at_random(connection, seed=4, events=50)
    await both.drain()
    assert await rows(connection, "purses_again") == await rows(connection)
    await assert_counted(connection)


async def test_an_event_that_says_nothing_here_moves_the_cursor_only(
    connection: Connection, pool: Pool
) -> None:
    await record(connection, [opened()])
    deaf: ReadModel[Any, Any] = replace(purses, name="deaf", tally=None, key=lambda _: None)
    await (await projector(pool, deaf)).drain()
    assert await rows(connection, "deaf") == []
    assert (await Watermarks(pool, LOG).of("deaf")).position == 1


async def test_a_runner_follows_the_log_until_it_is_told_to_stop(
    connection: Connection, pool: Pool
) -> None:
    runner, stop = await projector(pool), asyncio.Event()
    running = asyncio.create_task(runner.run(stop))
    await record(connection, [opened(), put(5)])
    await Watermarks(pool, LOG).reach("purses", 2, patience=5)
    await record(connection, [opened()])
    await Watermarks(pool, LOG).reach("purses", 3, patience=5)
    stop.set()
    async with asyncio.timeout(2):
        await running
    assert await rows(connection, "purse_count") == [("d/s1", 2, 5)]


async def test_many_processes_that_start_at_once_make_the_tables_once(pool: Pool) -> None:
    await asyncio.gather(*(projector(pool) for _ in range(4)))
    async with pool.acquire() as connection:
        assert await rows(connection) == []

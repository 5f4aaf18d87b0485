"""A read model built anew in any way comes to what the live one holds, and so do the hashes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from random import Random
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, own_event
from shared.runtime.following.consuming import Consumer
from shared.runtime.projections import digesting, replaying
from shared.runtime.projections.applying import Entry
from shared.runtime.projections.digesting import Line
from shared.runtime.projections.log_fed import LogFed
from shared.runtime.projections.origins import Mark, Origin
from shared.runtime.projections.replaying import How, replayed
from shared.runtime.publishing.publication import Publication
from shared.store.pool import Connection, Pool
from shared.testkit.databases import TestDatabase
from tests.shared.test_poison_in_the_log import spoilt
from tests.shared.toy.asking import LOG, NOON
from tests.shared.toy.carried import outgoing, records, take
from tests.shared.toy.decider import purse
from tests.shared.toy.pasts import opened, record, record_at_random
from tests.shared.toy.purses import PurseRow, purses
from tests.shared.toy.tables import projector, rows

pytestmark = pytest.mark.postgres

# Events a page, seed of the shuffle, shares.
WAYS = [(1, None, 1), (7, None, 3), (2_000, 1, 1), (19, 2, 2), (1, 3, 5)]
LEFT = "select relname from pg_class where relnamespace in ('read_next'::regnamespace, $1)"


def crowd(recorded: Recorded[Any]) -> UUID:
    """Purses of places with names of one length share a row; other events have one each."""
    place = getattr(recorded.event, "territory", None)
    return own_event(recorded) if place is None else UUID(int=len(place) << 64)


def counted(row: PurseRow | None, recorded: Recorded[Any]) -> PurseRow:
    """How many events there were."""
    return PurseRow(crowd(recorded), "", "d", row.fen + 1 if row else 1, 1, NOON, None)


crowds = replace(purses, name="crowds", key=crowd, fold=counted)


def _fed(pool: Pool, model: ReadModel[Any, Any] = purses) -> LogFed:
    return LogFed(pool, LOG, purse.events, model)


async def _lived(origin: Origin) -> tuple[Mark, list[Line]]:
    mark, part = await digesting.lived(origin)
    return mark, digesting.lines(origin.model, [part])


async def _anew(origin: Origin, until: Mark, way: tuple[int, int | None, int]) -> list[Line]:
    page, seed, of = way
    hows = [How(page, seed, (number, of)) for number in range(of)]
    return digesting.lines(origin.model, [await replayed(origin, until, how) for how in hows])


@pytest.mark.parametrize("model", [purses, crowds], ids=lambda one: one.name)
@pytest.mark.parametrize("mixed", [0, 40, 20_000])
async def test_any_replay_comes_to_what_was_lived(
    connection: Connection,
    pool: Pool,
    model: ReadModel[Any, Any],
    mixed: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(replaying, "MIXED", mixed)
    await record_at_random(connection, seed=4)
    await (await projector(pool, model)).drain()
    mark, lived = await _lived(_fed(pool, model))
    assert mark == {0: 300}
    assert [line.table for line in lived] == [model.name, "purse_count"]
    assert lived[0].rows == len(await rows(connection, model.name)) > 1
    for way in WAYS:
        assert await _anew(_fed(pool, model), mark, way) == lived, way


async def test_each_of_several_builds_a_share_of_the_rows(
    connection: Connection, pool: Pool
) -> None:
    await record(connection, *[[opened()]] * 40)
    parts = [await replayed(_fed(pool), {0: 40}, How(9, None, (one, 4))) for one in range(4)]
    assert sum(len(part.rows) for part in parts) == 40 * digesting.HASH
    assert all(part.rows for part in parts)


async def test_a_replay_ends_where_it_is_told(connection: Connection, pool: Pool) -> None:
    runner = await projector(pool)
    assert await _anew(_fed(pool), {0: 0}, (5, 1, 2)) == (await _lived(_fed(pool)))[1]
    await record_at_random(connection, seed=4)
    await runner.drain()
    mark, then = await _lived(_fed(pool))
    await record_at_random(connection, seed=5)
    await runner.drain()
    assert (await _lived(_fed(pool)))[1] != then
    assert await _anew(_fed(pool), mark, (5, 1, 2)) == then


@pytest.mark.parametrize(
    "wrong",
    [
        "update read.purses set fen = fen + 1 where purse_id = $1",
        "update read.purses set owner = '' where purse_id = $1",
        "update read.purses set emptied = false where purse_id = $1",
        "update read.purses set touched_at = touched_at + interval '1 us' where purse_id = $1",
        "delete from read.purses where purse_id = $1",
        "update read.purse_count set fen = fen + 1 where $1::uuid is not null",
    ],
)
async def test_a_wrong_row_changes_it(connection: Connection, pool: Pool, wrong: str) -> None:
    one, _ = await record(connection, [opened()], [opened()])
    await (await projector(pool)).drain()
    mark, lived = await _lived(_fed(pool))
    await connection.execute(wrong, one)
    _, spoiled = await _lived(_fed(pool))
    assert [old == new for old, new in zip(lived, spoiled, strict=True)].count(False) == 1
    assert digesting.whole(("a", line) for line in lived) != digesting.whole(
        ("a", line) for line in spoiled
    )
    assert await _anew(_fed(pool), mark, (1, None, 1)) == lived


async def test_nothing_is_touched_and_nothing_stays(connection: Connection, pool: Pool) -> None:
    await record_at_random(connection, seed=4)
    await (await projector(pool)).drain()
    await connection.execute("update read.purses set fen = -1")
    before = await rows(connection), await rows(connection, "purse_count")
    await _anew(_fed(pool), {0: 300}, (20, 1, 2))
    assert (await rows(connection), await rows(connection, "purse_count")) == before
    async with pool.acquire() as used:
        mine = await used.fetchval("select pg_my_temp_schema()")
        assert await used.fetch(LEFT, mine) == []


async def test_events_that_say_nothing_may_take_their_time(
    connection: Connection, log_database: TestDatabase
) -> None:
    await record_at_random(connection, seed=4)
    hurried = await asyncpg.create_pool(
        log_database.service, server_settings={"idle_in_transaction_session_timeout": "50ms"}
    )
    await (await projector(hurried)).drain()
    mark, lived = await _lived(_fed(hurried))
    assert await _anew(_slow(hurried), mark, (2_000, None, 1)) == lived
    await hurried.close()


def _slow(pool: Pool) -> LogFed:
    """A log whose events take longer to arrive than a transaction may idle."""

    async def late(entries: Sequence[Entry]) -> Sequence[Entry]:
        await asyncio.sleep(0.2)
        return entries

    return replace(_fed(pool), opening=late)


async def test_what_another_service_told_is_replayed_too(
    connection: Connection,
    pool: Pool,
    reading: Pool,
    publication: Publication,
    consumer: Consumer,
) -> None:
    await record_at_random(connection, seed=4)
    await take(publication.source, [consumer], records(await outgoing(pool, publication)))
    mark, lived = await _lived(await consumer.origin())
    assert len(mark) > 1
    assert lived[0].rows == len(await reading.fetch("select from read.purses")) > 0
    for way in WAYS:
        assert await _anew(await consumer.origin(), mark, way) == lived, way


async def test_what_cannot_be_taken_is_left_out_as_it_is_in_life(
    connection: Connection, owner: Connection, pool: Pool
) -> None:
    poisoned = await spoilt(connection, owner)
    await (await projector(pool)).drain()
    mark, part = await digesting.lived(_fed(pool))
    assert part.parked == poisoned.keys()
    for page, seed, of in WAYS:
        parts = [await replayed(_fed(pool), mark, How(page, seed, (n, of))) for n in range(of)]
        assert {key for one in parts for key in one.parked} == poisoned.keys()
        assert digesting.lines(purses, parts) == digesting.lines(purses, [part])


async def test_a_row_has_one_text(connection: Connection, pool: Pool) -> None:
    [key] = await record(connection, [opened()])
    await (await projector(pool)).drain()
    await connection.execute("update read.purses set owner = 'a,\"测'")
    for told in ("datestyle = 'German'", "timezone = 'Asia/Shanghai'"):
        await pool.execute(f"set {told}")
        [line, sums] = (await _lived(_fed(pool)))[1]
        text = f'({key},"a,""测",d/s1,0,1,"{NOON:%Y-%m-%d %H:%M:%S}+00",)'
        assert line == Line("purses", 1, _twice(text))
        assert sums == Line("purse_count", 1, _twice('["d/s1",1,0]'))


def _twice(text: str) -> str:
    return sha256(sha256(text.encode()).digest()).hexdigest()


def test_the_hash_over_all_does_not_depend_on_their_order() -> None:
    lines = [("a", Line("one", 1, "x")), ("a", Line("two", 1, "x")), ("b", Line("one", 1, "y"))]
    whole = digesting.whole(lines)
    Random(1).shuffle(lines)
    assert digesting.whole(lines) == whole
    assert digesting.whole(lines[1:]) != whole
    assert digesting.whole([("c", line) for _, line in lines]) != whole

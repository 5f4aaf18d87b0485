"""A rebuild of more than memory holds, and of a log in which something cannot be taken."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from shared.core.projection import ReadModel
from shared.runtime.projections import gathering, log_fed, projecting, rebuilding
from shared.runtime.projections.gathering import Gathering, Parking
from shared.runtime.projections.log_fed import LogFed
from shared.runtime.projections.rebuilding import Different, Rebuild, Rebuilt
from shared.store import beside, parked, read, tables
from shared.store.append import append
from shared.store.pool import Connection, Pool
from tests.shared.toy.appending import On, decided
from tests.shared.toy.asking import LOG, NOON
from tests.shared.toy.decider import purse
from tests.shared.toy.events import MoneyPut, PurseClosed, PurseOpened
from tests.shared.toy.pasts import opened, put, record, record_at_random
from tests.shared.toy.purses import purses
from tests.shared.toy.tables import assert_right, projector, rows

pytestmark = pytest.mark.postgres
WAITING = "select stream_id, position, reason from parked order by position"


def _rebuild(pool: Pool, model: ReadModel[Any, Any] = purses) -> Rebuild:
    return Rebuild(LogFed(pool, LOG, purse.events, model))


async def _is_right_once_more(connection: Connection, pool: Pool, events: int) -> None:
    before = await rows(connection), await rows(connection, "purse_count")
    assert await _rebuild(pool).run() == Rebuilt(events, differences=0)
    assert (await rows(connection), await rows(connection, "purse_count")) == before
    await assert_right(connection)


@pytest.mark.parametrize("held", [0, 1, 5, 1_000])
@pytest.mark.parametrize("page", [1, 23, 5_000])
async def test_rows_that_were_written_and_come_back_are_right(
    connection: Connection, pool: Pool, monkeypatch: pytest.MonkeyPatch, held: int, page: int
) -> None:
    await record_at_random(connection, seed=held + page)
    await (await projector(pool)).drain()
    monkeypatch.setattr(gathering, "HELD", held)
    for module in (log_fed, rebuilding):
        monkeypatch.setattr(module, "PAGE", page)
    monkeypatch.setattr(tables, "MANY", 3)
    await _is_right_once_more(connection, pool, 300)


async def test_no_more_rows_are_held_than_may_be(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    await record(connection, *([opened(), put(1)] for _ in range(40)))
    entries = [read.decode(purse.events, row) for row in await read.page(connection, LOG, 0, 80)]
    monkeypatch.setattr(gathering, "HELD", 10)
    await tables.create_bare(connection, purses, "read_next")
    made = Gathering(connection, purses, "read_next", Parking())
    written = []
    for start in range(0, 80, 8):
        await made.take(entries[start : start + 8])
        written.append(await connection.fetchval("select count(*) from read_next.purses"))
    assert written == [0, 0, 12, 12, 12, 24, 24, 24, 36, 36]
    await made.finish()
    assert await connection.fetchval("select count(*) from read_next.purses") == 40
    [count] = await connection.fetch("select * from read_next.purse_count")
    assert tuple(count) == ("d/s1", 40, 40)


async def test_an_empty_log_makes_empty_tables(connection: Connection, pool: Pool) -> None:
    await projector(pool)
    assert await _rebuild(pool).run() == Rebuilt(0, 0)
    assert await rows(connection) == await rows(connection, "purse_count") == []


async def _poison(connection: Connection, stream: UUID, version: int) -> None:
    wrong = decided(On(stream, version, [put(7)]), payload=b'{"fen":"seven"}')
    await append(connection, LOG, [wrong])
    await append(connection, LOG, [decided(On(stream, version + 1, [put(7)]))])


async def test_what_cannot_be_read_is_parked_as_the_live_runner_parks_it(
    connection: Connection, pool: Pool
) -> None:
    one, two = await record(connection, [opened(), put(5)], [opened()])
    await _poison(connection, one, 2)
    await append(connection, LOG, [decided(On(two, 1, [put(3)]))])
    await (await projector(pool)).drain()
    lived = await rows(connection), await connection.fetch(WAITING)
    assert len(lived[1]) == 2
    assert await _rebuild(pool).run() == Rebuilt(6, 0)
    assert (await rows(connection), await connection.fetch(WAITING)) == lived


async def test_once_it_can_be_taken_a_rebuild_takes_it_and_nothing_is_parked(
    connection: Connection, pool: Pool
) -> None:
    [one] = await record(connection, [opened(), put(5), put(6), put(7)])

    def broken(row: Any, recorded: Any) -> Any:
        if isinstance(recorded.event, MoneyPut) and recorded.event.fen == 6:
            raise ZeroDivisionError
        return purses.fold(row, recorded)

    lame = replace(purses, fold=broken)
    await (await projector(pool, lame)).drain()
    assert [row["position"] for row in await connection.fetch(WAITING)] == [3, 4]
    assert await _rebuild(pool, lame).run() == Rebuilt(4, 0)
    assert [row["position"] for row in await connection.fetch(WAITING)] == [3, 4]
    with pytest.raises(Different):
        await _rebuild(pool).run()
    assert await parked.streams(connection, "purses", LOG, [one]) == {one}, "all is as it was"
    await _rebuild(pool).run(accept=True)
    assert await connection.fetch(WAITING) == []
    await assert_right(connection)
    await append(connection, LOG, [decided(On(one, 4, [put(1)]))])
    await (await projector(pool)).drain()
    await assert_right(connection)


@pytest.mark.parametrize("wrong", [{"owner": "a\x00b"}, {"fen": 2**63}, {"territory": None}])
async def test_a_row_that_no_table_takes_parks_its_event_and_no_other(
    connection: Connection, pool: Pool, wrong: dict[str, Any]
) -> None:
    def fold(row: Any, recorded: Any) -> Any:
        made: Any = purses.fold(row, recorded)
        bad = isinstance(recorded.event, MoneyPut) and recorded.event.fen == 13
        return replace(made, **wrong) if bad else made

    odd = replace(purses, fold=fold)
    await record(connection, [opened(), put(13), put(5)], [opened(), put(5)], [opened()])
    await (await projector(pool, odd)).drain()
    lived = await rows(connection), await rows(connection, "purse_count")
    waiting = await connection.fetch(WAITING)
    assert [row["position"] for row in waiting] == [2, 3]
    assert await _rebuild(pool, odd).run() == Rebuilt(6, 0)
    assert (await rows(connection), await rows(connection, "purse_count")) == lived
    assert await connection.fetch(WAITING) == waiting


async def test_a_key_that_cannot_be_told_parks_its_event(
    connection: Connection, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def key(recorded: Any) -> UUID:
        if isinstance(recorded.event, PurseClosed):
            raise LookupError
        return UUID(bytes=recorded.stream_id.bytes)

    keyless = replace(purses, key=key)
    await record(connection, [opened(), PurseClosed(at=NOON), put(1)], [opened(), put(5)])
    await (await projector(pool, keyless)).drain()
    lived = await rows(connection), await connection.fetch(WAITING)
    assert len(lived[1]) == 2
    monkeypatch.setattr(gathering, "HELD", 0)
    for module in (log_fed, rebuilding):
        monkeypatch.setattr(module, "PAGE", 1)
    assert await _rebuild(pool, keyless).run() == Rebuilt(5, 0)
    assert (await rows(connection), await connection.fetch(WAITING)) == lived


async def test_text_of_every_kind_survives_a_rebuild(connection: Connection, pool: Pool) -> None:
    traps = ("", "\\N", "\\.", "a\tb\nc\r", '"x"', "邻里🏮", "\u2028", "null", "{}", "%s")
    pasts = [[PurseOpened(at=NOON, owner=owner, territory="d")] for owner in traps]
    await record(connection, *pasts)
    await (await projector(pool)).drain()
    await _is_right_once_more(connection, pool, len(traps))
    assert {row[1] for row in await rows(connection)} == set(traps)


async def test_a_runner_that_is_far_behind_is_followed_before_it_is_held(
    connection: Connection, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    await record_at_random(connection, seed=8, events=100)
    monkeypatch.setattr(projecting, "PAGE", 30)
    monkeypatch.setattr(projecting, "FAR", 30)
    for module in (log_fed, rebuilding):
        monkeypatch.setattr(module, "PAGE", 20)
    runner = await projector(pool)
    await runner.step()
    reached: list[int] = []
    finish, hold = Gathering.finish, beside.hold

    async def late(self: Gathering) -> None:
        await finish(self)
        await runner.drain()

    async def held(*about: Any) -> int:
        assert reached[-1] >= 80, "little is left to do while the live runner waits"
        return await hold(*about)

    monkeypatch.setattr(Gathering, "finish", late)
    monkeypatch.setattr(beside, "hold", held)
    made = await Rebuild(LogFed(pool, LOG, purse.events, purses), reached.append).run()
    assert made == Rebuilt(100, 0)
    assert reached == [20, 30, 50, 70, 90, 100]
    await assert_right(connection)

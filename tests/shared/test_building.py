"""Read models as of another time: what the live one held then, or what was true then."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any
from uuid import UUID, uuid4

import pytest
from asyncpg import DivisionByZeroError

from shared.core.envelope import Recorded
from shared.core.projection import ReadModel
from shared.runtime.commands.grouped import Overloaded
from shared.runtime.projections import building, log_past
from shared.runtime.projections.building import Builder, When
from shared.runtime.projections.log_past import LogPast
from shared.runtime.projections.watermarks import Watermark
from shared.store.append import append
from shared.store.pool import Connection, Pool, open_pool
from shared.testkit.databases import TestDatabase
from tests.shared.test_poison_in_the_log import spoilt
from tests.shared.toy.appending import On, decided
from tests.shared.toy.asking import LOG, NOON
from tests.shared.toy.decider import purse
from tests.shared.toy.events import PurseCorrected
from tests.shared.toy.longago import LOGGED, enter_at_random, hour, rows_of, truth
from tests.shared.toy.pasts import opened, put, record
from tests.shared.toy.purses import PurseRow, fold, purses
from tests.shared.toy.tables import projector, rows

pytestmark = pytest.mark.postgres
TICK = timedelta(microseconds=1)
FOREVER = hour(1_000_000)
ROWS = "select * from purses"
COUNT = "select territory, purses, fen from purse_count"
LEFT = "select relname from pg_class where relnamespace = pg_my_temp_schema()"

Built = tuple[dict[UUID, PurseRow], Watermark]


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages end within streams."""
    monkeypatch.setattr(log_past, "PAGE", 5)


@pytest.fixture
async def alone(log_database: TestDatabase) -> AsyncIterator[Pool]:
    """A pool of one connection: whoever asks, asks on the same one."""
    made = await open_pool(log_database.service, size=1)
    yield made
    await made.close()


def _builder(pool: Pool) -> Builder:
    return Builder(pool, LogPast(LOG, purse.events))


async def _built(pool: Pool, when: When, model: ReadModel[Any, Any] = purses) -> Built:
    """The rows of then; the tally is checked to be a recount of them."""
    async with _builder(pool).built(model, when) as (connection, mark):
        found = [PurseRow(*row) for row in await connection.fetch(ROWS)]
        counted = {row[0]: tuple(row[1:]) for row in await connection.fetch(COUNT)}
    for territory in {row.territory for row in found} | counted.keys():
        here = [row for row in found if row.territory == territory]
        assert counted[territory] == (len(here), sum(row.fen for row in here))
    return {row.purse_id: row for row in found}, mark


def _mark(history: LOGGED) -> tuple[int, Any]:
    return (history[-1].position, history[-1].recorded_at) if history else (0, None)


@pytest.mark.parametrize("seed", range(4))
async def test_as_of_is_the_whole_history_put_right_and_folded(
    connection: Connection, pool: Pool, seed: int
) -> None:
    history = await enter_at_random(connection, seed)
    moments = sorted({one.recorded_at for one in history})
    for at, known in product((0, 3, 5, 9, 1_000), (None, moments[3], moments[7], moments[9])):
        seen = [one for one in history if known is None or one.recorded_at <= known]
        found, mark = await _built(pool, When(hour(at), known))
        assert found == rows_of(truth(seen, hour(at))), (at, known)
        assert (mark.position, mark.recorded_at, mark.parked) == (*_mark(seen), ())


async def test_known_at_is_what_the_live_model_held_then(
    connection: Connection, pool: Pool
) -> None:
    runner, held = await projector(pool), []
    for seed in range(5):
        history = await enter_at_random(connection, seed, rounds=2)
        await runner.drain()
        held.append((history, await rows(connection)))
    for history, lived in held:
        for moment in (history[-1].recorded_at, history[-1].recorded_at + TICK):
            found, mark = await _built(pool, When(known=moment))
            assert found == {row[0]: PurseRow(*row) for row in lived}
            assert (mark.position, mark.recorded_at) == _mark(history)
    first = held[0][0][0].recorded_at - TICK
    assert await _built(pool, When(known=first)) == ({}, Watermark(position=0, recorded_at=None))


async def test_an_empty_log_has_an_empty_past(pool: Pool) -> None:
    for when in (When(NOON), When(known=NOON), When(NOON, NOON)):
        assert await _built(pool, when) == ({}, Watermark(position=0, recorded_at=None))


async def test_a_correction_that_is_applied_already_is_not_applied_twice(
    connection: Connection, pool: Pool
) -> None:
    """A fold that answers corrections by adding up shows a second application."""

    def both(row: PurseRow | None, recorded: Recorded[Any]) -> PurseRow | None:
        after = fold(row, recorded)
        if after is not None and isinstance(recorded.event, PurseCorrected):
            return replace(after, fen=after.fen + int(recorded.event.changes.get("fen") or 0))
        return after

    fix = PurseCorrected(at=NOON, corrects=2, changes={"fen": 7}, reason="typo")
    [key] = await record(connection, [opened(), put(5), fix])
    adding = replace(purses, fold=both)
    found, _ = await _built(pool, When(FOREVER), adding)
    assert found[key].fen == 7
    found, _ = await _built(pool, When(known=FOREVER), adding)
    assert found[key].fen == 12


async def test_a_statement_that_was_asked_of_now_is_answered_of_then_and_of_now_again(
    connection: Connection, alone: Pool
) -> None:
    [key] = await record(connection, [opened(), put(5)])
    await (await projector(alone)).drain()
    async with alone.acquire() as asked:  # its temporary schema stays: the path alone would not
        await asked.execute("create temporary table another (n int)")  # tell that a name moved
    early = When(known=NOON)  # nothing had been recorded
    for _ in range(8):  # a plan is cached after five
        async with alone.acquire() as asked:
            assert [row[0] for row in await asked.fetch(ROWS)] == [key]
        async with _builder(alone).built(purses, early) as (then, _mark):
            assert await then.fetch(ROWS) == []
        assert (await _built(alone, When(FOREVER)))[0].keys() == {key}


async def test_nothing_of_a_build_outlives_its_answer(connection: Connection, alone: Pool) -> None:
    await record(connection, [opened(), put(5)])
    await (await projector(alone)).drain()
    lived = await rows(connection)
    await _built(alone, When(FOREVER))
    async with AsyncExitStack() as stack:
        then, _ = await stack.enter_async_context(_builder(alone).built(purses, When(FOREVER)))
        with pytest.raises(DivisionByZeroError):
            await then.execute("with gone as (delete from purses) select 1 / 0")
    async with alone.acquire() as asked:
        assert await asked.fetch(LEFT) == []
    assert await rows(connection) == lived


@pytest.mark.parametrize("when", [When(FOREVER), When(known=FOREVER)], ids=["as of", "known at"])
async def test_a_stream_that_cannot_be_taken_is_named_and_its_neighbours_are_there(
    connection: Connection, pool: Pool, when: When
) -> None:
    def picky(row: PurseRow | None, recorded: Recorded[Any]) -> PurseRow | None:
        if getattr(recorded.event, "fen", 0) == 13:
            raise ValueError(13)
        return fold(row, recorded)

    good, bad = await record(connection, [opened(), put(5)], [opened(), put(13), put(1)])
    unknown = uuid4()
    await append(connection, LOG, [decided(On(unknown, 0, [opened()]), type="purse-burnt")])
    wrong = PurseCorrected(at=NOON, corrects=1, changes={"owner": 5}, reason="typo")
    [late] = await record(connection, [opened(), wrong])
    found, mark = await _built(pool, when, replace(purses, fold=picky))
    assert found[good].fen == 5
    assert set(mark.parked) >= {bad, unknown}
    assert set(mark.parked) <= {bad, unknown, late}
    assert (late in mark.parked) == (when.at is not None), "put in place, it does not fit"


@pytest.mark.parametrize("when", [When(FOREVER), When(known=FOREVER)], ids=["as of", "known at"])
async def test_a_row_that_cannot_be_written_leaves_its_neighbours(
    connection: Connection, pool: Pool, when: When
) -> None:
    """It does not say which event made it so: the build begins again and goes page by page."""

    def unwritable(row: PurseRow | None, recorded: Recorded[Any]) -> PurseRow | None:
        after = fold(row, recorded)
        bad = after is not None and getattr(recorded.event, "fen", 0) == 13
        return replace(after, territory="a\0b") if after is not None and bad else after

    good, bad = await record(connection, [opened(), put(5)], [opened(), put(13), put(1)])
    found, mark = await _built(pool, when, replace(purses, fold=unwritable))
    assert found[good].fen == 5
    assert mark.parked == (bad,)
    assert mark.position == 5


async def test_what_has_to_be_parked_does_not_take_along_what_came_before_it(
    connection: Connection, owner: Connection, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though the page holds also what cannot be written, and so is taken event by event."""
    monkeypatch.setattr(log_past, "PAGE", 1_000)
    poisoned = await spoilt(connection, owner)
    found, mark = await _built(pool, When(known=FOREVER))
    assert {*mark.parked} == poisoned.keys() < found.keys()
    assert {(found[key].fen, found[key].version) for key in poisoned} == {(1, 2)}


async def test_who_waits_too_long_for_a_build_is_told(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "PATIENCE", 0.05)
    builder = _builder(pool)
    async with AsyncExitStack() as stack:
        for _ in range(building.AT_ONCE):
            await stack.enter_async_context(builder.built(purses, When(NOON)))
        with pytest.raises(Overloaded):
            await stack.enter_async_context(builder.built(purses, When(NOON)))
    async with builder.built(purses, When(NOON)) as (connection, _):
        assert await connection.fetch(ROWS) == []

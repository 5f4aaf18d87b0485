"""Rows of read models in their tables: few or many, they are put as they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from shared.runtime.projections import applying
from shared.store import tables
from shared.store.pool import Connection, Pool
from tests.shared.toy.asking import NOON
from tests.shared.toy.purses import PurseRow, purses
from tests.shared.toy.tables import rows

pytestmark = pytest.mark.postgres

TRAPS = (
    "",
    "\\N",
    "\\.",
    "a\tb",
    "a\nb\r\n",
    '"quoted"',
    "a,b;c",
    "邻里🏮",
    "\u2028",
    "null",
    "x" * 9_999,
)
EDGES = (0, -1, 2**63 - 1, -(2**63))
BEFORE_1970 = datetime(1955, 2, 3, 4, 5, 6, 789_012, tzinfo=UTC)


def _purse(number: int) -> PurseRow:
    """Every trap, every edge and every absent value in turn."""
    return PurseRow(
        purse_id=UUID(int=number),
        owner=TRAPS[number % len(TRAPS)],
        territory=f"d/s{number % 3}",
        fen=EDGES[number % len(EDGES)],
        version=number,
        touched_at=BEFORE_1970 if number % 2 else NOON,
        emptied=(None, True, False)[number % 3],
    )


def _by_key(made: Iterable[PurseRow]) -> dict[UUID, Any]:
    return {row.purse_id: row for row in made}


async def _all(connection: Connection) -> dict[UUID, Any]:
    return {row[0]: PurseRow(*row) for row in await rows(connection)}


@pytest.fixture(autouse=True)
async def made(connection: Connection) -> None:
    """Empty tables."""
    await tables.create(connection, purses)


@pytest.mark.parametrize("number", [tables.MANY - 1, tables.MANY, 7 * tables.MANY])
async def test_rows_are_read_back_as_they_were_put(connection: Connection, number: int) -> None:
    put = _by_key(_purse(n) for n in range(number))
    await tables.write(connection, purses, put, before={})
    assert await _all(connection) == put
    assert await tables.prior(connection, purses, put.keys()) == put


async def test_who_makes_what_exists_waits_for_nobody_who_writes_it(
    connection: Connection, pool: Pool
) -> None:
    async with pool.acquire() as other, other.transaction(), connection.transaction():
        await tables.write(other, purses, {UUID(int=1): _purse(1)})
        await connection.execute("set local lock_timeout = '1s'")
        await tables.create(connection, purses)


@pytest.mark.parametrize("told", [True, False])
async def test_many_changes_touch_what_changed_and_nothing_else(
    connection: Connection, told: bool
) -> None:
    before = _by_key(_purse(n) for n in range(300))
    await tables.write(connection, purses, before, before={})
    changes: dict[UUID, Any] = {key: None for key in [*before][:20]}
    for key in [*before][20:150]:
        changes[key] = replace(before[key], fen=7, emptied=None)
    for key in [*before][150:170]:
        changes[key] = replace(before[key], territory="elsewhere")
    changes |= _by_key(_purse(n) for n in range(1_000, 1_150))
    known = {key: before[key] for key in changes if key in before} if told else None
    await tables.write(connection, purses, changes, before=known)
    after = {key: row for key, row in (before | changes).items() if row is not None}
    assert await _all(connection) == after


async def test_many_rows_that_did_not_change_are_no_fault(connection: Connection) -> None:
    put = _by_key(_purse(n) for n in range(tables.MANY))
    await tables.write(connection, purses, put, before={})
    await tables.write(connection, purses, put, before=put)
    assert await _all(connection) == put


async def test_many_rows_go_into_temporary_tables_too(connection: Connection) -> None:
    put = _by_key(_purse(n) for n in range(tables.MANY))
    await tables.create(connection, purses, "pg_temp")
    await tables.write(connection, purses, put, "pg_temp", {})
    assert await tables.prior(connection, purses, put.keys(), "pg_temp") == put
    assert await _all(connection) == {}


async def test_a_row_that_is_there_unknown_to_its_writer_is_refused(
    connection: Connection,
) -> None:
    put = _by_key(_purse(n) for n in range(tables.MANY))
    await tables.write(connection, purses, put, before={})
    with pytest.raises(asyncpg.UniqueViolationError):
        await tables.write(connection, purses, put, before={})


@pytest.mark.parametrize("number", [1, tables.MANY])
@pytest.mark.parametrize(
    "wrong",
    [{"owner": "a\x00b"}, {"owner": "\ud800"}, {"fen": 2**63}, {"owner": None}, {"fen": "x"}],
)
async def test_a_value_that_no_table_takes_is_the_events_fault(
    connection: Connection, number: int, wrong: dict[str, Any]
) -> None:
    put = _by_key(_purse(n) for n in range(1, number))
    put[UUID(int=0)] = replace(_purse(0), **wrong)
    with pytest.raises(Exception) as fault:  # noqa: PT011 - every kind of it
        async with connection.transaction():
            await tables.write(connection, purses, put, before={})
    assert applying.poisonous(fault.value), repr(fault.value)
    assert await _all(connection) == {}
    await tables.write(connection, purses, _by_key([_purse(5)]), before={})
    assert len(await _all(connection)) == 1, "the connection is of use still"


async def test_a_table_that_was_made_bare_ends_like_any_other(connection: Connection) -> None:
    await tables.create_bare(connection, purses, "read_next")
    put = [_purse(n) for n in range(50)]
    await tables.fill(connection, purses, put, "read_next")
    await tables.finish(connection, purses, "read_next")
    described = "select indexname, replace(indexdef, 'read_next.', 'read.') from pg_indexes"
    of = [
        sorted(map(tuple, await connection.fetch(f"{described} where schemaname = $1", schema)))
        for schema in ("read", "read_next")
    ]
    assert of[0] == of[1]
    assert await tables.prior(connection, purses, [row.purse_id for row in put], "read_next") == (
        _by_key(put)
    )

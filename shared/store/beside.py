"""A read model's second set of tables, built beside the live one: compared, then put in its place.

Tables move between schemas, so names of tables and indexes never change.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import asyncpg

from shared.core.projection import ReadModel
from shared.store import tables
from shared.store.pool import Connection

NEXT, OLD = "read_next", "read_old"
HOLD = "select position from cursor where subscription = $1 and log = $2 for update"
COLUMNS = """
select attname, atttypid::int, attnotnull from pg_attribute
where attrelid = to_regclass($1) and attnum > 0 and not attisdropped order by attnum
"""
# A row that both sides have and have differently counts twice: it is gone, and it is new.
DIFFERENT = """
select coalesce(sum(case when l.{key} is null or b.{key} is null then 1 else 2 end), 0)::bigint
from {live} l full join {built} b on {same}
where row(l.*) is distinct from row(b.*)
"""
ALL = "select (select count(*) from {live}) + (select count(*) from {built})"
# Readers queue behind whoever waits for this lock, so it is waited for a moment at a time; the
# moment is shorter than what PostgreSQL takes to look for deadlocks.
MOMENT = "set local lock_timeout = '100ms'"
LOCK = "lock table {tables} in access exclusive mode"
PAUSE = 0.1
TRIES = 150


class InUse(Exception):
    """Somebody reads the live tables without a pause: nothing was flipped."""


async def begin(connection: Connection, model: ReadModel[Any, Any], *, bare: bool = False) -> None:
    """Empty tables beside the live ones; what an earlier attempt left is dropped."""
    await _drop(connection, model, NEXT)
    await (tables.create_bare if bare else tables.create)(connection, model, NEXT)


async def hold(connection: Connection, model: ReadModel[Any, Any], log: str) -> int:
    """Where the live model stands; it moves no further until this transaction ends."""
    await tables.alone(connection, log)
    position: int = await connection.fetchval(HOLD, model.name, log)
    return position


async def differences(connection: Connection, model: ReadModel[Any, Any]) -> int:
    """How many rows only one of the two sets has; all, where their columns are not the same."""
    different = await _different(connection, model.name, [tables.columns(model.row)[0].name])
    if model.tally is not None:
        different += await _different(connection, model.tally.name, model.tally.keys)
    return different


async def _different(connection: Connection, name: str, keys: Sequence[str]) -> int:
    live, built = f"{tables.LIVE}.{name}", f"{NEXT}.{name}"
    shapes = [await connection.fetch(COLUMNS, table) for table in (live, built)]
    same = " and ".join(f"l.{key} = b.{key}" for key in keys)
    statement = DIFFERENT if shapes[0] == shapes[1] else ALL
    asked = statement.format(live=live, built=built, key=keys[0], same=same)
    different: int = await connection.fetchval(asked, timeout=tables.PATIENCE)
    return different


async def flip(connection: Connection, model: ReadModel[Any, Any]) -> None:
    """The built tables become the live ones, in the caller's transaction; the live ones are kept
    in OLD. Raises InUse when readers never let go."""
    await _drop(connection, model, OLD)
    await _lock(connection, model)
    for name in _names(model):
        await connection.execute(f"alter table {tables.LIVE}.{name} set schema {OLD}")
        await connection.execute(f"alter table {NEXT}.{name} set schema {tables.LIVE}")


async def _lock(connection: Connection, model: ReadModel[Any, Any]) -> None:
    wanted = LOCK.format(tables=", ".join(f"{tables.LIVE}.{name}" for name in _names(model)))
    for _ in range(TRIES):
        try:
            async with connection.transaction():
                await connection.execute(MOMENT)
                await connection.execute(wanted)
            return
        except asyncpg.LockNotAvailableError:
            await asyncio.sleep(PAUSE)
    raise InUse(model.name)


async def _drop(connection: Connection, model: ReadModel[Any, Any], schema: str) -> None:
    for name in _names(model):
        await connection.execute(f"drop table if exists {schema}.{name}")


def _names(model: ReadModel[Any, Any]) -> list[str]:
    return [model.name, *(model.tally.tables if model.tally else [])]

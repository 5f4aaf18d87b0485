"""A read model's second set of tables, built beside the live one: compared, then put in its place.

Tables move between schemas, so names of tables and indexes never change.
"""

from __future__ import annotations

from typing import Any

from shared.core.projection import ReadModel
from shared.store import tables
from shared.store.pool import Connection

NEXT, OLD = "read_next", "read_old"
HOLD = "select position from cursor where subscription = $1 and log = $2 for update"
# Rows that one side has and the other has not, whatever their order.
DIFFERENT = """
select count(*) from (
    (select * from {live} except all select * from {built})
    union all
    (select * from {built} except all select * from {live})
) d
"""


async def begin(connection: Connection, model: ReadModel[Any, Any]) -> None:
    """Empty tables beside the live ones; what an earlier attempt left is dropped."""
    await _drop(connection, model, NEXT)
    await tables.create(connection, model, NEXT)


async def hold(connection: Connection, model: ReadModel[Any, Any], log: str) -> int:
    """Where the live model stands; it moves no further until this transaction ends."""
    await tables.alone(connection, log)
    position: int = await connection.fetchval(HOLD, model.name, log)
    return position


async def differences(connection: Connection, model: ReadModel[Any, Any]) -> int:
    """How many rows only one of the two sets has."""
    different = 0
    for name in _names(model):
        statement = DIFFERENT.format(live=f"{tables.LIVE}.{name}", built=f"{NEXT}.{name}")
        different += await connection.fetchval(statement)
    return different


async def flip(connection: Connection, model: ReadModel[Any, Any]) -> None:
    """The built tables become the live ones; the live ones are kept in OLD."""
    await _drop(connection, model, OLD)
    for name in _names(model):
        await connection.execute(f"alter table {tables.LIVE}.{name} set schema {OLD}")
        await connection.execute(f"alter table {NEXT}.{name} set schema {tables.LIVE}")


async def _drop(connection: Connection, model: ReadModel[Any, Any], schema: str) -> None:
    for name in _names(model):
        await connection.execute(f"drop table if exists {schema}.{name}")


def _names(model: ReadModel[Any, Any]) -> list[str]:
    return [model.name, *([model.tally.name] if model.tally else [])]

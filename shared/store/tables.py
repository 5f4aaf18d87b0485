"""Tables of read models: columns from the row's dataclass, written set by set.

Few statements per table and page, rows sorted by key, so that two writers meet in one order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from functools import cache
from operator import attrgetter
from types import NoneType
from typing import Any, get_args, get_type_hints
from uuid import UUID

from shared.core.projection import ReadModel
from shared.store import statements, tallies
from shared.store.pool import Connection, Pool
from shared.store.statements import Column, Table

TYPES: Mapping[type, str] = {
    UUID: "uuid",
    str: "text",
    int: "bigint",
    bool: "boolean",
    datetime: "timestamptz",
    bytes: "bytea",
}
LIVE = "read"
# As ids compare, without a call of theirs for each comparison.
IN_ORDER = attrgetter("int")
# CREATE INDEX IF NOT EXISTS would lock the table first, and then look.
MISSING = "select to_regclass($1) is null"
ALONE = "select pg_advisory_xact_lock(hashtextextended($1, 0))"
# So many rows are put by COPY and by updates of what changed: a third of the price of an upsert.
MANY = 100
# Seconds for what goes through a whole table.
PATIENCE = 3_600.0

Model = ReadModel[Any, Any]


async def alone(connection: Connection, log: str) -> None:
    """Until the end of this transaction nobody else makes or moves read models of this log."""
    await connection.execute(ALONE, f"read models of {log}")


def columns(row: type[Any]) -> tuple[Column, ...]:
    """The columns of a row's dataclass, in its order; the first is the key."""
    hints = get_type_hints(row)
    return tuple(_column(field.name, hints[field.name]) for field in fields(row))


def _column(name: str, hint: Any) -> Column:
    members = get_args(hint) or (hint,)
    [inner] = [member for member in members if member is not NoneType]
    return Column(name, TYPES[inner], NoneType in members)


async def create(connection: Connection, model: Model, schema: str = LIVE) -> None:
    """Create the model's tables and indexes in `schema` where they do not exist.

    What exists is not locked, so nobody who writes it is waited for.
    """
    table = _table(model, schema)
    await connection.execute(statements.create(table))
    await _index(connection, model, table)
    if model.tally is not None:
        await tallies.create(connection, model.tally, schema)


async def make(pool: Pool, log: str, models: Iterable[Model]) -> None:
    """Create what does not exist yet of the tables of these read models of one log."""
    async with pool.acquire(timeout=10) as connection, connection.transaction():
        await alone(connection, log)
        for model in models:
            await create(connection, model)


async def create_bare(connection: Connection, model: Model, schema: str) -> None:
    """Create the model's tables without key and indexes, which `fill` and `finish` make."""
    await connection.execute(statements.create(_table(model, schema), keyed=False))
    if model.tally is not None:
        await tallies.create(connection, model.tally, schema)


async def fill(connection: Connection, model: Model, rows: Sequence[Any], schema: str) -> None:
    """Put the first rows into a table that was created bare, and give it its key."""
    table = _table(model, schema)
    await _copy(connection, table, rows)
    await connection.execute(statements.primary_key(table), timeout=PATIENCE)


async def finish(connection: Connection, model: Model, schema: str) -> None:
    """Give a filled table its indexes, and the planner what it has to know of the rows."""
    await _index(connection, model, _table(model, schema))
    await connection.execute(f"analyze {schema}.{model.name}", timeout=PATIENCE)


async def prior(
    connection: Connection, model: Model, keys: Collection[UUID], schema: str = LIVE
) -> dict[UUID, Any]:
    """The rows that exist for these keys."""
    table = _table(model, schema)
    names = [column.name for column in table.columns]
    rows = await connection.fetch(statements.prior(table), list(keys))
    return {row[0]: _row(model.row, names, row) for row in rows}


async def write(
    connection: Connection,
    model: Model,
    changes: Mapping[UUID, Any],
    schema: str = LIVE,
    before: Mapping[UUID, Any] | None = None,
) -> None:
    """Put the changed rows; None removes the row of that key.

    `before` has the rows of these keys that exist, as they are; where it is told, MANY rows go by
    the cheaper ways. A row that exists and is not in it raises asyncpg.UniqueViolationError then.
    """
    table = _table(model, schema)
    gone = sorted(key for key, row in changes.items() if row is None)
    if gone:
        await connection.execute(statements.delete(table), gone)
    order = sorted(changes, key=IN_ORDER)
    kept = {key: changes[key] for key in order if changes[key] is not None}
    if before is not None and len(kept) >= MANY:
        new = [row for key, row in kept.items() if key not in before]
        await _copy(connection, table, new)
        pairs = [(before[key], row) for key, row in kept.items() if key in before]
        await _update(connection, table, pairs)
    elif kept:
        arrays = _arrays(table.columns, kept.values())
        await connection.execute(statements.upsert(table), *arrays)


async def _copy(connection: Connection, table: Table, rows: Sequence[Any]) -> None:
    names = [column.name for column in table.columns]
    if rows:
        await connection.copy_records_to_table(
            table.name,
            schema_name=table.schema,
            columns=names,
            records=map(attrgetter(*names), rows),
            timeout=PATIENCE,
        )


async def _update(connection: Connection, table: Table, pairs: Sequence[tuple[Any, Any]]) -> None:
    moved = [column for column in table.columns[1:] if _differs(column, pairs)]
    if moved:
        arrays = _arrays([table.columns[0], *moved], [row for _, row in pairs])
        await connection.execute(statements.update(table, moved), *arrays)


def _differs(column: Column, pairs: Iterable[tuple[Any, Any]]) -> bool:
    value = attrgetter(column.name)
    return any(value(old) != value(new) for old, new in pairs)


def _arrays(given: Sequence[Column], rows: Collection[Any]) -> list[list[Any]]:
    values = [attrgetter(column.name) for column in given]
    return [[value(row) for row in rows] for value in values]


def _row(cls: type[Any], names: Sequence[str], values: Iterable[Any]) -> Any:
    """As `cls(*values)`, which would set every field of a frozen dataclass by a call of its own."""
    row = object.__new__(cls)
    row.__dict__.update(zip(names, values, strict=True))
    return row


async def _index(connection: Connection, model: Model, table: Table) -> None:
    for number, on in enumerate(model.indexes, start=1):
        name = f"{table.schema}.{statements.index_name(table, number)}"
        if await connection.fetchval(MISSING, name):
            await connection.execute(statements.index(table, number, on), timeout=PATIENCE)


@cache
def _table(model: Model, schema: str) -> Table:
    return Table(schema, model.name, columns(model.row))

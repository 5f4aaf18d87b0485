"""Tables of read models: columns from the row's dataclass, written set by set.

One statement per table and page, rows sorted by key, so that two writers meet in one order.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from operator import attrgetter
from types import NoneType
from typing import Any, NamedTuple, get_args, get_type_hints
from uuid import UUID

from shared.core.projection import ReadModel, Tally, TallyKey
from shared.store.pool import Connection

TYPES: Mapping[type, str] = {
    UUID: "uuid",
    str: "text",
    int: "bigint",
    bool: "boolean",
    datetime: "timestamptz",
    bytes: "bytea",
}
LIVE = "read"
ALONE = "select pg_advisory_xact_lock(hashtextextended($1, 0))"


class Column(NamedTuple):
    """A field of a row as PostgreSQL sees it."""

    name: str
    type: str
    nullable: bool


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


async def create(connection: Connection, model: ReadModel[Any, Any], schema: str = LIVE) -> None:
    """Create the model's tables and indexes in `schema` where they do not exist."""
    table = columns(model.row)
    lines = [f"{c.name} {c.type}{'' if c.nullable else ' not null'}" for c in table]
    await connection.execute(
        f"create table if not exists {schema}.{model.name} "
        f"({', '.join(lines)}, primary key ({table[0].name}))"
    )
    for number, index in enumerate(model.indexes, start=1):
        await connection.execute(
            f"create index if not exists {model.name}_{number} on {schema}.{model.name} {index}"
        )
    if model.tally is not None:
        await _create_tally(connection, model.tally, schema)


async def _create_tally(connection: Connection, tally: Tally[Any], schema: str) -> None:
    keys = [f"{key} text not null" for key in tally.keys]
    measures = [f"{measure} bigint not null" for measure in tally.measures]
    await connection.execute(
        f"create table if not exists {schema}.{tally.name} "
        f"({', '.join(keys + measures)}, primary key ({', '.join(tally.keys)}))"
    )


async def prior(
    connection: Connection, model: ReadModel[Any, Any], keys: Collection[UUID], schema: str = LIVE
) -> dict[UUID, Any]:
    """The rows that exist for these keys."""
    table = columns(model.row)
    names = ", ".join(column.name for column in table)
    rows = await connection.fetch(
        f"select {names} from {schema}.{model.name} where {table[0].name} = any($1)", list(keys)
    )
    return {row[0]: model.row(*row) for row in rows}


async def write(
    connection: Connection,
    model: ReadModel[Any, Any],
    changes: Mapping[UUID, Any],
    schema: str = LIVE,
) -> None:
    """Put the changed rows; None removes the row of that key."""
    table = columns(model.row)
    key = table[0].name
    gone = sorted(key for key, row in changes.items() if row is None)
    if gone:
        await connection.execute(f"delete from {schema}.{model.name} where {key} = any($1)", gone)
    kept = sorted((row for row in changes.values() if row is not None), key=attrgetter(key))
    if not kept:
        return
    names = ", ".join(column.name for column in table)
    arrays = ", ".join(f"${n}::{column.type}[]" for n, column in enumerate(table, start=1))
    assigned = ", ".join(f"{c.name} = excluded.{c.name}" for c in table[1:])
    await connection.execute(
        f"insert into {schema}.{model.name} ({names}) select * from unnest({arrays}) "
        f"on conflict ({key}) do update set {assigned}",
        *([getattr(row, column.name) for row in kept] for column in table),
    )


async def add(
    connection: Connection,
    tally: Tally[Any],
    differences: Mapping[TallyKey, Mapping[str, int]],
    schema: str = LIVE,
) -> None:
    """Add the differences to the sums; a key whose sums are all 0 has no row."""
    changed = sorted(key for key, sums in differences.items() if any(sums.values()))
    if not changed:
        return
    width = len(tally.keys)
    arrays = [f"${n}::text[]" for n in range(1, width + 1)]
    amounts = [f"${width + n}::bigint[]" for n in range(1, len(tally.measures) + 1)]
    assigned = ", ".join(f"{m} = t.{m} + excluded.{m}" for m in tally.measures)
    keys = ", ".join(tally.keys)
    values: Sequence[Sequence[Any]] = [
        *zip(*changed, strict=True),
        *([differences[key].get(measure, 0) for key in changed] for measure in tally.measures),
    ]
    await connection.execute(
        f"insert into {schema}.{tally.name} as t ({keys}, {', '.join(tally.measures)}) "
        f"select * from unnest({', '.join(arrays + amounts)}) "
        f"on conflict ({keys}) do update set {assigned}",
        *values,
    )
    zero = " and ".join(f"{measure} = 0" for measure in tally.measures)
    await connection.execute(
        f"delete from {schema}.{tally.name} where {zero} "
        f"and ({keys}) in (select * from unnest({', '.join(arrays)}))",
        *values[:width],
    )

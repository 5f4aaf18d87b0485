"""What read models hold, as hashes: the same rows give the same, in whatever order they came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shared.core.projection import ReadModel, Tally, TallyKey
from shared.store import tables
from shared.store.pool import Connection

# So that a value has one text, whatever the server was told.
ONE_TEXT = "set local timezone = 'UTC'; set local datestyle = 'ISO'; set local bytea_output = 'hex'"
ROWS = """
select sha256(convert_to(row({names})::text, 'UTF8')) as hashed from {schema}.{name}
order by hashed
"""
SUMS = "select {names} from {schema}.{name}"
AT_ONCE = 10_000

Sums = dict[TallyKey, Sequence[int]]


async def rows(connection: Connection, model: ReadModel[Any, Any], schema: str) -> bytes:
    """The SHA-256 of each row's text, all columns in the order of its dataclass; in order of the
    hashes, 32 bytes each. In the caller's transaction."""
    names = ", ".join(column.name for column in tables.columns(model.row))
    asked = ROWS.format(names=names, schema=schema, name=model.name)
    await connection.execute(ONE_TEXT)
    found = connection.cursor(asked, prefetch=AT_ONCE, timeout=tables.PATIENCE)
    return b"".join([hashed async for (hashed,) in found])


async def sums(connection: Connection, tally: Tally[Any], schema: str) -> Sums:
    """The sums by key, in the order of the measures. Stamps are no part of what a tally holds."""
    names = ", ".join((*tally.keys, *tally.measures))
    asked = SUMS.format(names=names, schema=schema, name=tally.name)
    width = len(tally.keys)
    found = await connection.fetch(asked, timeout=tables.PATIENCE)
    return {tuple(line)[:width]: tuple(line)[width:] for line in found}

"""Reading the log as it stood, and tables that last as long as one answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.core.projection import ReadModel
from shared.store import read, tables
from shared.store.cursors import Watermark
from shared.store.pool import Connection

TEMPORARY = "pg_temp"
# Named first, and so a change of the path: a statement that this connection has prepared for the
# live tables is parsed again, and finds the temporary ones.
NEARER = "set local search_path = pg_temp, public, read"
PATIENT = "set local idle_in_transaction_session_timeout = 0"
RECORDED = "select recorded_at from event where log = $1 and position = $2"
# Marked and not left out: a condition on the position would draw in the index by position, and each
# page would read and sort all that is known.
BY_STREAM = f"""select {read.COLUMNS}, log = $1 and position <= $2 as known from event
    where (stream_id, version) > ($3, $4) order by stream_id, version limit $5"""


async def shadow(connection: Connection, model: ReadModel[Any, Any], *, bare: bool = False) -> None:
    """Empty temporary tables that the plain names of the model's tables mean from here on; `bare`
    ones have no keys and indexes yet.

    For a transaction that is rolled back: then the tables are gone and the names mean the live
    ones again.
    """
    await connection.execute(NEARER)
    await (tables.create_bare if bare else tables.create)(connection, model, TEMPORARY)


async def wait(connection: Connection) -> None:
    """Until this transaction ends, its events may take as long as they like to arrive."""
    await connection.execute(PATIENT)


async def known(connection: Connection, log: str, moment: datetime | None) -> Watermark:
    """The last event that had been recorded by `moment`, or by now; position 0 for none.

    Positions have no holes and `recorded_at` never runs backwards, so halving finds it.
    """
    low, high = 0, await read.head(connection, log)
    if moment is None:
        low = high
    while low < high:
        middle = (low + high + 1) // 2
        if await connection.fetchval(RECORDED, log, middle) <= moment:
            low = middle
        else:
            high = middle - 1
    return Watermark(low, await connection.fetchval(RECORDED, log, low))


async def by_stream(
    connection: Connection, until: tuple[str, int], after: tuple[UUID, int], limit: int
) -> Sequence[Any]:
    """The next events past a version of a stream, stream by stream in order of version; `known` are
    those of this log up to this position."""
    return await connection.fetch(BY_STREAM, *until, *after, limit)

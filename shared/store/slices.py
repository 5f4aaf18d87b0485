"""Parts of the log in order of position: one partition of it, one stream of it, or all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from shared.store.pool import Connection
from shared.store.read import QUICK_COLUMNS

WHOLE = f"""select {QUICK_COLUMNS} from event
    where log = $1 and position > $2 and position <= $3 order by position limit $4"""
# As `partition_of` has it: the last two bytes of the id, modulo the number of partitions.
PARTITION = f"""select {QUICK_COLUMNS} from event
    where log = $1 and position > $2 and position <= $3
      and (get_byte(uuid_send(stream_id), 14) * 256 + get_byte(uuid_send(stream_id), 15)) % $6 = $5
    order by position limit $4"""
STREAM = f"""select {QUICK_COLUMNS} from event
    where log = $1 and position > $2 and position <= $3 and stream_id = $5
    order by version limit $4"""
RECORDED_AT = "select recorded_at from event where log = $1 and position = $2"


class Slice(NamedTuple):
    """Which events: all, those of partition `(number, of how many)`, or those of one stream."""

    partition: tuple[int, int] | None = None
    stream_id: UUID | None = None


async def page(
    connection: Connection, log: str, span: tuple[int, int], limit: int, part: Slice
) -> Sequence[Any]:
    """The next events of this part with span[0] < position <= span[1], at most `limit`, for
    `read.decode_quick`."""
    known = (log, *span, limit)
    if part.stream_id is not None:
        return await connection.fetch(STREAM, *known, part.stream_id)
    if part.partition is not None:
        return await connection.fetch(PARTITION, *known, *part.partition)
    return await connection.fetch(WHOLE, *known)


async def recorded_at(connection: Connection, log: str, position: int) -> datetime | None:
    """When this position was recorded; None for 0."""
    moment: datetime | None = await connection.fetchval(RECORDED_AT, log, position)
    return moment

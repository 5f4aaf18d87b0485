"""What is to be sealed of a log, and how far it is; the line that waits for the standby."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from shared.store.epochs import Epoch
from shared.store.pool import Connection

# One row of bytes: the driver would make an object of every hash.
HASHES = """
select coalesce(max(position), 0), string_agg(hash, ''::bytea order by position)
from (select position, hash from event where log = $1 and position > $2
      order by position limit $3) next
"""
HASH_AT = "select hash from event where log = $1 and position = $2"
HOLD = """
insert into seal as s (log, epoch, size, sealed_at) values ($1, $2, $3, clock_timestamp())
on conflict (log, epoch) do update set size = excluded.size, sealed_at = excluded.sealed_at
where s.size <= excluded.size
returning sealed_at
"""
HELD = "select size from seal where log = $1 and epoch = $2"
DURABLY = "set local synchronous_commit = on"
HASH = 32


class Unsealed(NamedTuple):
    """The hashes of the events past a size, up to `position`; there is a hole where `position` does
    not say how many there are."""

    position: int
    hashes: Sequence[bytes]


async def unsealed(connection: Connection, log: str, size: int, limit: int) -> Unsealed:
    """The next hashes past `size`, at most so many."""
    [(position, told)] = await connection.fetch(HASHES, log, size, limit)
    told = told or b""
    return Unsealed(position, [told[at : at + HASH] for at in range(0, len(told), HASH)])


async def hold(connection: Connection, epoch: Epoch, published: int) -> datetime | None:
    """Note before a checkpoint is signed how many events are under those published so far; the time
    of the note. None when it was more before: then checkpoints were taken away.

    Returns when a synchronous standby, where there is one, has on its disk all that was committed
    before, and so each of them.
    """
    async with connection.transaction():
        await connection.execute(DURABLY)
        at: datetime | None = await connection.fetchval(HOLD, epoch.log, epoch.number, published)
    return at


async def held(connection: Connection, epoch: Epoch) -> int:
    """How many events were certainly under a published checkpoint."""
    size: int | None = await connection.fetchval(HELD, epoch.log, epoch.number)
    return size or 0


async def hash_at(connection: Connection, log: str, position: int) -> bytes | None:
    """The hash of the event at a position; None where there is none."""
    own: bytes | None = await connection.fetchval(HASH_AT, log, position)
    return own

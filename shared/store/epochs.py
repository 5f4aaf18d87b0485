"""The lives of a log: each restore or promotion that lost its tail begins another one.

A log keeps its id. Positions up to the fork mean the same in the new life as in the one before;
those beyond it are given out again, to other events.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from shared.core.births import FIRST
from shared.store import leader, read
from shared.store.pool import Connection

COLUMNS = "log, epoch, log_id, fork, begun_at, reason"
BEGIN = """
insert into log_epoch (log, epoch, log_id) values ($1, 1, gen_random_uuid()) on conflict do nothing
"""
ALL = f"select {COLUMNS} from log_epoch where log = $1 order by epoch"
CURRENT = f"select {COLUMNS} from log_epoch where log = $1 order by epoch desc limit 1"
RAISE = f"""
insert into log_epoch (log, epoch, log_id, fork, reason) values ($1, $2, $3, $4, $5)
returning {COLUMNS}
"""
# The lock of `append_events`: nothing is appended between the look at the head and the new life.
ALONE = "select pg_advisory_xact_lock(hashtextextended($1, 0))"


class Epoch(NamedTuple):
    """One life of a log; `fork` is the last position that it shares with the life before, 0 for the
    first. `begun_at` is UTC."""

    log: str
    number: int
    log_id: UUID
    fork: int
    begun_at: datetime
    reason: str


class NoSuchFork(Exception):
    """The log does not go so far, or the number was used; the message says which."""


async def begin(connection: Connection, log: str) -> Epoch:
    """The life that the log is in; the first begins where none has, with an id of its own.

    Any number of processes may ask at once: all get the same answer.
    """
    await connection.execute(BEGIN, log)
    return await current(connection, log)


async def current(connection: Connection, log: str) -> Epoch:
    """The life that the log is in. Raises LookupError for a log that was never begun."""
    row = await connection.fetchrow(CURRENT, log)
    if row is None:
        raise LookupError(f"log {log} has no epoch yet")
    return Epoch(*row)


async def all_of(connection: Connection, log: str) -> list[Epoch]:
    """Every life of the log, the first one first; none for a log that was never begun."""
    return [Epoch(*row) for row in await connection.fetch(ALL, log)]


async def raise_epoch(
    connection: Connection, log: str, fork: int | None, reason: str, *, number: int | None = None
) -> Epoch:
    """Begin another life that shares with the last one what stands up to `fork`, or up to the end
    of the log as it is now.

    A fork may lie before an earlier one: that one was then set too far, and a fork that lies too
    early costs readers no more than time. `number` is the next one; a copy from before an earlier
    raise does not know of it, and must be told a number that was never used. Nothing is appended
    meanwhile, and whoever publishes the log begins again. Raises NoSuchFork.
    """
    async with connection.transaction():
        await connection.execute(ALONE, log)
        last, head = await begin(connection, log), await read.head(connection, log)
        fork, number = head if fork is None else fork, number or last.number + 1
        if not 0 <= fork <= head:
            raise NoSuchFork(f"the log ends at {head}, it cannot fork at {fork}")
        if number <= last.number:
            raise NoSuchFork(f"the log is in epoch {last.number}, {number} is not after it")
        row = await connection.fetchrow(RAISE, log, number, last.log_id, fork, reason)
        await leader.depose(connection, log)
    assert row is not None
    return Epoch(*row)


def latest(lives: Sequence[Epoch]) -> int:
    """The number of the last of them; a log that was never begun is in its first life."""
    return lives[-1].number if lives else FIRST


def shared(lives: Iterable[Epoch], known: int) -> int | None:
    """The last position that means in the latest life what it meant in the one numbered `known`;
    None where nothing was lost since."""
    return min((one.fork for one in lives if one.number > known), default=None)

"""How subscriptions followed a log from one epoch into another."""

from __future__ import annotations

from collections.abc import Sequence

from shared.core.births import FIRST, Fork
from shared.store.cursors import Reading
from shared.store.pool import Connection

NOTE = """
insert into crossing (subscription, log, epoch, fork, reached) values ($1, $2, $3, $4, $5)
on conflict (subscription, log, epoch) do update
set fork = least(crossing.fork, excluded.fork), reached = excluded.reached
"""
OF = "select epoch, fork from crossing where subscription = $1 and log = $2 order by epoch"
LATEST = "select max(epoch) from crossing where subscription = $1 and log = $2"
# A rebuild works in memory for longer than a transaction may otherwise stand still.
PATIENTLY = "set local idle_in_transaction_session_timeout = 0"


async def begin(connection: Connection) -> None:
    """The caller's transaction may stand still for as long as a rebuild takes."""
    await connection.execute(PATIENTLY)


async def note(connection: Connection, reading: Reading, to: Fork, reached: int) -> None:
    """This subscription, which had come as far as `reached`, goes on in another epoch."""
    known = (reading.subscription, reading.log)
    await connection.execute(NOTE, *known, *to, reached)


async def of(connection: Connection, subscription: str, log: str) -> Sequence[Fork]:
    """The forks that the subscription has passed, the earliest epoch first."""
    return [Fork(*row) for row in await connection.fetch(OF, subscription, log)]


async def latest(connection: Connection, subscription: str, log: str) -> int:
    """The epoch that the subscription has last gone into: what was read of it in an earlier one may
    be lost. FIRST where it has passed no fork."""
    return await connection.fetchval(LATEST, subscription, log) or FIRST

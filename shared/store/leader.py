"""Who may publish a log: a lease by the server's clock, so that a leader that stands still for
longer than its lease has lost it whether it knows or not."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from shared.store.pool import Connection

LEASE = timedelta(seconds=5)

TAKE = """
insert into leader as l (log, holder, term, until) values ($1, $2, 1, clock_timestamp() + $3)
on conflict (log) do update
set holder = excluded.holder, term = l.term + 1, until = excluded.until
where l.until < clock_timestamp() or l.holder = excluded.holder
returning term
"""
KEEP = """
update leader set until = clock_timestamp() + $4 where log = $1 and holder = $2 and term = $3
"""
# Whoever leads learns with its next step that it does not.
DEPOSE = "update leader set until = clock_timestamp(), term = term + 1 where log = $1"
LEAVE = "update leader set until = clock_timestamp() where log = $1 and holder = $2 and term = $3"


class NotLeader(Exception):
    """Someone else leads this log."""


async def take(connection: Connection, log: str, holder: UUID) -> int | None:
    """The term of the lease, or None while someone else holds it."""
    term: int | None = await connection.fetchval(TAKE, log, holder, LEASE)
    return term


async def keep(connection: Connection, log: str, holder: UUID, term: int) -> None:
    """Hold the lease for LEASE from now. Raises NotLeader when a later term has begun."""
    if await connection.execute(KEEP, log, holder, term, LEASE) != "UPDATE 1":
        raise NotLeader


async def leave(connection: Connection, log: str, holder: UUID, term: int) -> None:
    """Let the lease go, for someone else to take at once."""
    await connection.execute(LEAVE, log, holder, term)


async def depose(connection: Connection, log: str) -> None:
    """End the term of whoever leads: it must begin again with what is true now."""
    await connection.execute(DEPOSE, log)

"""Whose turn it is: of all processes of a database one at a time does this, until its transaction
ends or its connection breaks."""

from __future__ import annotations

from shared.store.pool import Connection

TAKE = "select pg_try_advisory_xact_lock(hashtextextended($1, 0))"
WAIT = "select pg_advisory_xact_lock(hashtextextended($1, 0))"


async def taken(connection: Connection, what: str) -> bool:
    """Whether it is ours now, until the end of this transaction; False while it is another's."""
    got: bool = await connection.fetchval(TAKE, what)
    return got


async def awaited(connection: Connection, what: str) -> None:
    """Return once it is ours, until the end of this transaction."""
    await connection.fetchval(WAIT, what)

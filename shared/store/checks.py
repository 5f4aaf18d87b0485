"""What the round of checks found of a log: how far it is whole, or the first place that is not."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from shared.store.pool import Connection
from shared.store.verify import Broken

OF = "select position, whole_at, broken_at, reason, noticed_at from checked where log = $1"
WHOLE = """
insert into checked (log, position, whole_at) values ($1, $2, clock_timestamp())
on conflict (log) do update set position = excluded.position, whole_at = excluded.whole_at,
    broken_at = null, reason = null, noticed_at = null
"""
BROKEN = """
insert into checked as c (log, position, broken_at, reason, noticed_at)
values ($1, 0, $2, $3, clock_timestamp())
on conflict (log) do update set broken_at = excluded.broken_at, reason = excluded.reason,
    noticed_at = coalesce(c.noticed_at, excluded.noticed_at)
"""


class Check(NamedTuple):
    """The last whole round: all up to `position` held at `whole_at`. Since `noticed_at` it is known
    that `broken_at` does not hold, and the `reason`."""

    position: int
    whole_at: datetime | None
    broken_at: int | None
    reason: str | None
    noticed_at: datetime | None


async def of(connection: Connection, log: str) -> Check | None:
    """What was found last; None before the first round."""
    row = await connection.fetchrow(OF, log)
    return None if row is None else Check(*row)


async def whole(connection: Connection, log: str, position: int) -> None:
    """The log holds up to this position; an alarm, if there was one, is over."""
    await connection.execute(WHOLE, log, position)


async def broken(connection: Connection, log: str, found: Broken) -> None:
    """The log does not hold; since when that is known is kept."""
    await connection.execute(BROKEN, log, found.position, found.reason)

"""How far a log is known to be complete by the clock, not only by its last event."""

from __future__ import annotations

from datetime import datetime

from shared.store import read
from shared.store.pool import Connection

# Shared, so that readers do not keep each other out; taken only when nobody is appending.
QUIET = """
select case when pg_try_advisory_xact_lock_shared(hashtextextended($1, 0))
            then clock_timestamp() end
"""


async def complete(connection: Connection, log: str, position: int) -> datetime | None:
    """The time now, if the log ends at `position` and nobody is appending to it; else None.

    Every event that will ever be recorded up to that time is then at or before `position`. To be
    called within a transaction, which should end soon: appends wait for it.
    """
    moment: datetime | None = await connection.fetchval(QUIET, log)
    if moment is None or await read.head(connection, log) != position:
        return None
    return moment

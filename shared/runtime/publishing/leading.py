"""Leadership of one log's relay, by a lease that is kept in the transactions of its work."""

from __future__ import annotations

from uuid import uuid4

from shared.store import leader
from shared.store.pool import Connection, Pool


class Lease:
    """One process's claim to lead a log."""

    def __init__(self, pool: Pool, log: str) -> None:
        self._pool = pool
        self._log = log
        self._holder = uuid4()
        self._term = 0

    async def take(self) -> bool:
        """Whether we lead now; a lease that ran out goes to whoever asks first."""
        async with self._pool.acquire(timeout=10) as connection:
            self._term = await leader.take(connection, self._log, self._holder) or 0
        return self._term > 0

    async def keep(self, connection: Connection) -> None:
        """Lead on. Raises NotLeader, and then the caller's transaction must not be committed."""
        await leader.keep(connection, self._log, self._holder, self._term)

    async def leave(self) -> None:
        """Let someone else lead at once."""
        async with self._pool.acquire(timeout=10) as connection:
            await leader.leave(connection, self._log, self._holder, self._term)

"""Group commit: what is decided while one append is under way is appended by the next."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import asyncpg

from shared.ops import metrics
from shared.runtime.commands.grouped import Grouped
from shared.store.append import Decided, Outcome, append
from shared.store.held import HeldConnection

# While the server appends one group under the log's lock, the next is prepared and sent.
LANES = 2


class Committer:
    """Appends decided commands to one log.

    A connection that breaks under an append leaves it unknown whether it was committed: the group
    is sent again, and the command ids tell. Data that PostgreSQL refuses fails its own command and
    no neighbour.
    """

    def __init__(self, dsn: str, log: str) -> None:
        self._log = log
        self._free = [HeldConnection(dsn) for _ in range(LANES)]
        self.commit = Grouped[Decided, Outcome](self._append, lanes=LANES)

    async def aclose(self) -> None:
        """Finish what waits and let the connection go."""
        await self.commit.aclose()
        for connection in self._free:
            await connection.aclose()

    async def _append(self, group: Sequence[Decided]) -> Sequence[Outcome | BaseException]:
        metrics.GROUP_SIZE.observe(len(group))
        seen: set[UUID] = set()
        once: list[Decided] = []
        again: list[Decided] = []
        for decided in group:
            (again if decided.command_id in seen else once).append(decided)
            seen.add(decided.command_id)
        results = dict(zip(map(id, once), await self._try(once), strict=True))
        if again:
            results |= zip(map(id, again), await self._one_by_one(again), strict=True)
        return [results[id(decided)] for decided in group]

    async def _try(self, group: Sequence[Decided]) -> Sequence[Outcome | BaseException]:
        try:
            return await self._together(group)
        except (asyncpg.DataError, asyncpg.IntegrityConstraintViolationError, ValueError):
            return await self._one_by_one(group)

    async def _together(self, group: Sequence[Decided]) -> Sequence[Outcome]:
        connection = self._free.pop()
        try:
            return await connection.run(lambda tx: append(tx, self._log, group))
        finally:
            self._free.append(connection)

    async def _one_by_one(self, group: Sequence[Decided]) -> list[Outcome | BaseException]:
        results: list[Outcome | BaseException] = []
        for decided in group:
            try:
                results += await self._together([decided])
            except (asyncpg.PostgresError, ValueError) as fault:
                results.append(fault)
        return results

"""The published dispatch catalogues as this process knows them: read from the service's own copy.

A version never changes within an epoch of the log, so each is decoded once; which one counts is
asked of the table, a short query by an index.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from shared.contracts.dispatch_catalogue import DispatchCatalogue, read
from shared.contracts.dispatch_catalogue import dispatch_catalogue as model
from shared.contracts.territory import TERRITORY
from shared.runtime.projections.watermarks import Watermark, Watermarks
from shared.store import crossings
from shared.store import dispatch_catalogue as stored
from shared.store.pool import Pool

KEPT = 4  # versions in memory: what counts now, and a few that are asked about


class CatalogueCopy:
    """The catalogues, with the watermark up to which they are true."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._marks = Watermarks(pool, TERRITORY.log)
        self._decoded: dict[tuple[int, int], DispatchCatalogue] = {}

    async def at(self, moment: datetime) -> DispatchCatalogue | None:
        """The version that counts at that moment; None before the first."""
        async with self._pool.acquire(timeout=10) as connection:
            version = await stored.in_force(connection, moment)
            if version is None:
                return None
            epoch = await crossings.latest(connection, model.name, TERRITORY.log)
            found = self._decoded.pop((epoch, version), None)
            if found is None:
                found = read(*tuple(await stored.content(connection, version)))
        self._decoded[epoch, version] = found  # the last one asked about is the last to go
        while len(self._decoded) > KEPT:
            del self._decoded[next(iter(self._decoded))]
        return found

    async def versions(self) -> list[dict[str, Any]]:
        """What was published when, and until when it counted."""
        async with self._pool.acquire(timeout=10) as connection:
            return [dict(row) for row in await stored.versions(connection)]

    async def reach(self, position: int) -> Watermark:
        """Their watermark once the copy holds this position of the territory log.

        Raises Problem (503).
        """
        return await self._marks.reach(model.name, position)

"""Where figures are read: from the live tables, true up to their watermark."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from services.dashboard.projections.case_lives import case_lives
from shared.runtime.projections.watermarks import Watermark, Watermarks
from shared.store.pool import Connection, Pool


class Reading:
    """Opens the tables of the cases."""

    def __init__(self, pool: Pool, watermarks: Watermarks) -> None:
        self._pool = pool
        self._watermarks = watermarks

    @asynccontextmanager
    async def opened(self, min_position: int = 0) -> AsyncIterator[tuple[Connection, Watermark]]:
        """A connection, once the tables have come as far as `min_position`. Raises Problem (503)
        when they do not."""
        mark = await self._watermarks.reach(case_lives.name, min_position)
        async with self._pool.acquire(timeout=10) as connection:
            yield connection, mark

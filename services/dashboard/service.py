"""What a process of the dashboard holds: read models of other services' contracts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from services.dashboard.projections.case_days import case_days
from services.dashboard.queries import Queries
from services.dashboard.settings import Settings
from shared.contracts.grievance import GRIEVANCE
from shared.runtime.projections.watermarks import Watermarks
from shared.store import tables
from shared.store.pool import Pool, open_pool

MODELS = (case_days,)


@dataclass(frozen=True)
class Dashboard:
    """The parts, opened and ready. `watermarks` speak of the case service's log."""

    pool: Pool
    queries: Queries
    watermarks: Watermarks


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Dashboard]:
    """The service's parts; the tables of its read models exist, though a broker may not."""
    pool = await open_pool(settings.dashboard.dsn, size=8)
    try:
        await _make_tables(pool)
        yield Dashboard(pool, Queries(pool), Watermarks(pool, GRIEVANCE.log))
    finally:
        await asyncio.shield(pool.close())


async def _make_tables(pool: Pool) -> None:
    async with pool.acquire(timeout=10) as connection, connection.transaction():
        await tables.alone(connection, GRIEVANCE.log)
        for model in MODELS:
            await tables.create(connection, model)

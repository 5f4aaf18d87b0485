"""What a process of the dashboard holds: read models of other services' contracts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass

from services.dashboard.boards import Boards
from services.dashboard.comparisons import Comparisons
from services.dashboard.pointed import Points
from services.dashboard.projections.active_people import active_people
from services.dashboard.projections.case_lives import case_lives
from services.dashboard.projections.given_points import given_points
from services.dashboard.projections.held_activities import held_activities
from services.dashboard.projections.known_units import known_units
from services.dashboard.projections.map_history import map_history
from services.dashboard.projections.used_points import used_points
from services.dashboard.reading import Reading
from services.dashboard.served import Served
from services.dashboard.settings import Settings
from shared.contracts.grievance import GRIEVANCE
from shared.contracts.points import POINTS
from shared.contracts.territory import TERRITORY
from shared.contracts.volunteer import VOLUNTEER
from shared.runtime.following.feed_client import FeedClient
from shared.runtime.following.feed_past import FeedPast
from shared.runtime.projections.building import KnownBuilder
from shared.runtime.projections.map_copy import MapCopy
from shared.runtime.projections.watermarks import Watermarks
from shared.store import tables
from shared.store.pool import SHORT, Pool, open_pool

MODELS = (case_lives,)
FOLLOWED = (map_history, known_units)
SERVED = (active_people, held_activities)
POINTED = (given_points, used_points)


@dataclass(frozen=True)
class Dashboard:
    """The parts, opened and ready. `watermarks` speak of the case service's log."""

    pool: Pool
    reading: Reading
    boards: Boards
    comparisons: Comparisons
    map: MapCopy
    watermarks: Watermarks
    served: Served
    points: Points


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Dashboard]:
    """The service's parts; the tables of its read models exist, though a broker may not."""
    pool = await open_pool(settings.dashboard.dsn, size=8, planning=SHORT)
    try:
        await tables.make(pool, GRIEVANCE.log, MODELS)
        await tables.make(pool, TERRITORY.log, FOLLOWED)
        await tables.make(pool, VOLUNTEER.log, SERVED)
        await tables.make(pool, POINTS.log, POINTED)
        marks, map_copy = Watermarks(pool, GRIEVANCE.log), MapCopy(pool)
        async with _builder(settings, pool) as builder:
            reading = Reading(pool, marks, builder)
            boards, comparisons = Boards(reading, map_copy), Comparisons(reading, map_copy)
            served, points = Served(pool, map_copy), Points(pool, map_copy)
            yield Dashboard(pool, reading, boards, comparisons, map_copy, marks, served, points)
    finally:
        await asyncio.shield(pool.close())


@asynccontextmanager
async def _builder(settings: Settings, pool: Pool) -> AsyncIterator[KnownBuilder | None]:
    """What builds the cases as they were known once; None where no feed is told."""
    if GRIEVANCE.service not in settings.feeds:
        yield None
        return
    client = FeedClient(settings.feed(GRIEVANCE.service), settings.service_token)
    async with aclosing(client) as feed:
        yield KnownBuilder(pool, FeedPast(GRIEVANCE, feed))

"""What a process of the volunteer service holds: its log, its keys, its read models."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.volunteer.access import ACCESS
from services.volunteer.activities.site_codes import SiteCodes
from services.volunteer.kinship import Register
from services.volunteer.log import EVENTS, LOG
from services.volunteer.policies import when_an_activity_is_held_then_log_its_hours
from services.volunteer.projections.activities import activities
from services.volunteer.projections.activity_people import activity_people
from services.volunteer.projections.known_residents import known_residents
from services.volunteer.projections.map_history import map_history
from services.volunteer.projections.service_records import service_records
from services.volunteer.projections.team_members import team_members
from services.volunteer.projections.teams import teams
from services.volunteer.projections.time_accounts import time_accounts
from services.volunteer.projections.time_entries import time_entries
from services.volunteer.projections.time_pools import time_pools
from services.volunteer.projections.volunteers import volunteers
from services.volunteer.rules.book import VolunteerRules
from services.volunteer.rules.book_2026_1 import BOOK
from services.volunteer.settings import Settings
from shared.contracts.territory import TERRITORY
from shared.core.policy import Policy
from shared.core.projection import ReadModel
from shared.runtime.commands.erasing import Eraser
from shared.runtime.commands.execute import Executor
from shared.runtime.commands.guarding import guarded
from shared.runtime.commands.sealing import Sealer
from shared.runtime.policies.own_log import OwnLog
from shared.runtime.projections.map_copy import MapCopy
from shared.runtime.projections.projecting import Projector
from shared.runtime.projections.watermarks import Watermarks
from shared.runtime.web.requests import Fingerprints
from shared.store import read, tables
from shared.store.attempts import Attempts
from shared.store.key_store import KeyStore
from shared.store.pool import Pool, open_pool

MODELS: tuple[ReadModel[Any, Any], ...] = (
    service_records,
    time_accounts,
    time_entries,
    time_pools,
    volunteers,
    teams,
    team_members,
    activities,
    activity_people,
)
# What follows here from what happened here.
POLICIES: tuple[Policy[Any], ...] = (when_an_activity_is_held_then_log_its_hours,)
FOLLOWED = (map_history, known_residents)


@dataclass(frozen=True)
class Volunteers:
    """The parts, opened and ready."""

    pool: Pool
    executor: Executor
    sealer: Sealer
    eraser: Eraser
    projector: Projector
    watermarks: Watermarks
    map: MapCopy
    fingerprints: Fingerprints
    reacting: tuple[OwnLog, ...]
    register: Register
    site_codes: SiteCodes
    attempts: Attempts

    async def rules(self, territory: str, moment: datetime | None = None) -> VolunteerRules:
        """The rules in force in this territory, now or at another moment."""
        return BOOK

    async def head(self) -> int:
        """The last position of the log."""
        async with self.pool.acquire(timeout=10) as connection:
            return await read.head(connection, LOG)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Volunteers]:
    """The service's parts; erasures in the log are replayed on the keys before anything else."""
    databases = settings.volunteer
    pool = await open_pool(databases.dsn, size=8)
    key_pool = await open_pool(databases.keys_dsn, size=4)
    keys = KeyStore(key_pool, settings.masters)
    root = await keys.root()
    map_copy = MapCopy(pool)
    executor = Executor(databases.dsn, LOG, guarded(ACCESS, map_copy.within))
    parts = Volunteers(
        pool=pool,
        executor=executor,
        sealer=Sealer(keys),
        eraser=Eraser(pool, LOG, keys),
        projector=Projector(pool, LOG, EVENTS, MODELS),
        watermarks=Watermarks(pool, LOG),
        map=map_copy,
        fingerprints=Fingerprints(root),
        reacting=tuple(OwnLog(executor, one, EVENTS, pool) for one in POLICIES),
        register=Register(),
        site_codes=SiteCodes(root),
        attempts=Attempts(pool),
    )
    try:
        await parts.eraser.catch_up()
        await parts.projector.prepare()
        for one in parts.reacting:
            await one.prepare()
        await tables.make(pool, TERRITORY.log, FOLLOWED)
        await map_copy.read()
        yield parts
    finally:
        await asyncio.shield(_close(parts, key_pool))


async def _close(parts: Volunteers, key_pool: Pool) -> None:
    await parts.executor.aclose()
    await parts.sealer.aclose()
    await parts.pool.close()
    await key_pool.close()

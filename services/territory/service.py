"""What a process of the territory service holds: its log, its keys, its read models."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from services.territory.access import ACCESS
from services.territory.households.places import Places
from services.territory.log import EVENTS, LOG
from services.territory.projections.asset_register import asset_register
from services.territory.projections.care_tags import care_tags
from services.territory.projections.dispatch_catalogue import dispatch_catalogue
from services.territory.projections.erasure_answers import erasure_answers
from services.territory.projections.facilities import facilities
from services.territory.projections.facility_functions import facility_functions
from services.territory.projections.facility_usage import facility_usage
from services.territory.projections.handovers import handovers
from services.territory.projections.households import households
from services.territory.projections.management_history import management_history
from services.territory.projections.map_history import map_history
from services.territory.projections.org_units import org_units
from services.territory.projections.partner_contribution import partner_contribution
from services.territory.projections.person_erasures import person_erasures
from services.territory.projections.post_leaves import post_leaves
from services.territory.projections.posts import posts
from services.territory.projections.practices import practices
from services.territory.projections.relatives import relatives
from services.territory.projections.resident_stays import resident_stays
from services.territory.projections.residents import residents
from services.territory.projections.territory_profile import territory_profile
from services.territory.projections.trainings import trainings
from services.territory.projections.unit_links import unit_links
from services.territory.projections.unit_placements import unit_placements
from services.territory.queries.households import Households
from services.territory.settings import Settings
from shared.runtime.commands.erasing import Eraser
from shared.runtime.commands.execute import Executor
from shared.runtime.commands.guarding import guarded
from shared.runtime.commands.sealing import Sealer
from shared.runtime.projections.catalogue_copy import CatalogueCopy
from shared.runtime.projections.map_copy import MapCopy
from shared.runtime.projections.projecting import Projector
from shared.runtime.projections.watermarks import Watermarks
from shared.runtime.web.requests import Fingerprints
from shared.store import read
from shared.store.key_store import KeyStore
from shared.store.pool import Pool, open_pool

OF_PERSONS = (residents, resident_stays, relatives, care_tags, person_erasures, erasure_answers)
OF_UNITS = (org_units, unit_placements, unit_links, partner_contribution, posts, post_leaves)
OF_PLACES = (
    facilities, facility_functions, facility_usage, asset_register, territory_profile,
    management_history, handovers, practices, trainings,
)  # fmt: skip
MODELS = (map_history, households, dispatch_catalogue, *OF_PERSONS, *OF_UNITS, *OF_PLACES)


@dataclass(frozen=True)
class Territory:
    """The parts, opened and ready."""

    pool: Pool
    executor: Executor
    sealer: Sealer
    eraser: Eraser
    projector: Projector
    map: MapCopy
    catalogues: CatalogueCopy
    households: Households
    places: Places
    watermarks: Watermarks
    fingerprints: Fingerprints
    answering: tuple[str, ...]
    # one file at a time: each is held whole
    uploading: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def head(self) -> int:
        """The last position of the log."""
        async with self.pool.acquire(timeout=10) as connection:
            return await read.head(connection, LOG)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Territory]:
    """The service's parts; erasures in the log are replayed on the keys before anything else."""
    databases = settings.territory
    pool = await open_pool(databases.dsn, size=8)
    key_pool = await open_pool(databases.keys_dsn, size=4)
    keys = KeyStore(key_pool, settings.masters)
    root = await keys.root()
    map_copy = MapCopy(pool)
    parts = Territory(
        pool=pool,
        executor=Executor(databases.dsn, LOG, guarded(ACCESS, map_copy.within)),
        sealer=Sealer(keys),
        eraser=Eraser(pool, LOG, keys),
        projector=Projector(pool, LOG, EVENTS, MODELS),
        map=map_copy,
        catalogues=CatalogueCopy(pool),
        households=Households(pool),
        places=Places(map_copy),
        watermarks=Watermarks(pool, LOG),
        fingerprints=Fingerprints(root),
        answering=settings.answering,
    )
    try:
        await parts.eraser.catch_up()
        await parts.projector.prepare()
        yield parts
    finally:
        await asyncio.shield(_close(parts, key_pool))


async def _close(parts: Territory, key_pool: Pool) -> None:
    await parts.executor.aclose()
    await parts.sealer.aclose()
    await parts.pool.close()
    await key_pool.close()

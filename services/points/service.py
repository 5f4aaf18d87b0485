"""What a process of the points service holds: its log, its keys, its read models."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from services.points.access import ACCESS
from services.points.informing import Informing
from services.points.log import EVENTS, LOG
from services.points.policies import (
    when_an_honour_is_granted_or_withdrawn_then_credit_or_take_back,
)
from services.points.previews import Previews
from services.points.projections.honour_wall import honour_wall
from services.points.projections.known_residents import known_residents
from services.points.projections.map_history import map_history
from services.points.projections.point_claims import point_claims
from services.points.projections.point_deeds import point_deeds
from services.points.projections.point_entries import point_entries
from services.points.projections.points_accounts import points_accounts
from services.points.projections.redemptions import redemptions
from services.points.projections.shop_stock import shop_stock
from services.points.projections.shops import shops
from services.points.projections.stock_moves import stock_moves
from services.points.rules.book import PointsRules
from services.points.rules_copy import RulesCopy, rules_copy
from services.points.settings import Settings
from services.points.shopping.codes import PickupCodes
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
    points_accounts,
    point_entries,
    point_deeds,
    point_claims,
    shops,
    shop_stock,
    stock_moves,
    redemptions,
    honour_wall,
)
# What follows here from what happened here.
POLICIES: tuple[Policy[Any], ...] = (
    when_an_honour_is_granted_or_withdrawn_then_credit_or_take_back,
)
FOLLOWED = (map_history, known_residents)


@dataclass(frozen=True)
class PointsService:
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
    books: RulesCopy
    codes: PickupCodes
    attempts: Attempts
    previews: Previews

    async def rules(self, territory: str, moment: datetime | None = None) -> PointsRules:
        """The rules in force in this territory, now or at another moment: those of the narrowest
        scope, the district's where the map does not know it."""
        await self.map.fresh()
        shelf = await self.books.fresh()
        return shelf.in_force(self.above(territory), moment or datetime.now(UTC))

    def above(self, territory: str) -> Sequence[str]:
        """This territory and what it lies in, the narrowest first, as the map was last read."""
        if not territory:
            return ()
        known = self.map.atlas.get(territory) is not None
        return self.map.boundaries().above(territory) if known else (territory,)

    async def head(self) -> int:
        """The last position of the log."""
        async with self.pool.acquire(timeout=10) as connection:
            return await read.head(connection, LOG)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[PointsService]:
    """The service's parts; erasures in the log are replayed on the keys before anything else."""
    databases = settings.points
    pool = await open_pool(databases.dsn, size=8)
    key_pool = await open_pool(databases.keys_dsn, size=4)
    keys = KeyStore(key_pool, settings.masters)
    root = await keys.root()
    map_copy = MapCopy(pool)
    executor = Executor(databases.dsn, LOG, guarded(ACCESS, map_copy.within))
    parts = PointsService(
        pool=pool,
        executor=executor,
        sealer=Sealer(keys),
        eraser=Eraser(pool, LOG, keys),
        projector=Projector(pool, LOG, EVENTS, MODELS),
        watermarks=Watermarks(pool, LOG),
        map=map_copy,
        fingerprints=Fingerprints(root),
        reacting=(),
        codes=PickupCodes(root),
        attempts=Attempts(pool),
        books=rules_copy(pool),
        previews=Previews(databases.dsn),
    )
    informed = Informing(parts)
    reacting = tuple(OwnLog(executor, one, EVENTS, pool, informed) for one in POLICIES)
    parts = replace(parts, reacting=reacting)
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


async def _close(parts: PointsService, key_pool: Pool) -> None:
    await parts.executor.aclose()
    await parts.books.aclose()
    await parts.sealer.aclose()
    await parts.pool.close()
    await key_pool.close()

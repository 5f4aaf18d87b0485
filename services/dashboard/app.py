"""Composition root: the only file that sees every room of this service."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request

from services.dashboard import subscribers
from services.dashboard.access import ACCESS
from services.dashboard.api import router
from services.dashboard.projections.case_days import case_days
from services.dashboard.service import FOLLOWED, MODELS, opened
from services.dashboard.settings import Settings
from shared.contracts.grievance import GRIEVANCE
from shared.contracts.territory import TERRITORY
from shared.core.sample import Sample
from shared.ops.settings import Misconfigured
from shared.runtime import composing
from shared.runtime.composing import Served
from shared.runtime.hosting import Hosted
from shared.runtime.projections import copies
from shared.runtime.subscriptions import Subscriptions
from shared.store.migrate import migrate as migrate_database
from shared.store.pool import Pool

NAME = "dashboard"


def api(settings: Settings | None = None) -> FastAPI:
    """The HTTP app; its lifespan opens the service. Raises Misconfigured."""
    kept = copies.router(ACCESS, TERRITORY, FOLLOWED, _pool)
    served = Served(NAME, [router, kept], ACCESS)
    return composing.app_of(served, settings or Settings(), opened)


def _pool(request: Request) -> Pool:
    pool: Pool = request.app.state.service.pool
    return pool


async def ready(app: FastAPI) -> bool:
    """Whether the app can answer."""
    return await composing.answers(app, case_days.name)


async def work(stop: asyncio.Event, settings: Settings | None = None) -> None:
    """Keep the read models in step with the other services' contracts until told to stop.

    Raises Misconfigured without a broker or a feed.
    """
    known = settings or Settings()
    subscribers.check(known)
    async with opened(known) as service:
        await subscribers.run(service, known, stop)


async def load_sample(_: Sample, settings: Settings | None = None) -> None:
    """Nothing of its own: wait until the read models hold what the others have published.

    Raises StandsStill without a worker, FeedUnavailable without one of them.
    """
    known = settings or Settings()
    async with opened(known) as service:
        await service.map.follow(await subscribers.published(known, TERRITORY))
        position = await subscribers.published(known, GRIEVANCE)
        await service.watermarks.follow([model.name for model in MODELS], position)


@asynccontextmanager
async def subscriptions(settings: Settings | None = None) -> AsyncIterator[Subscriptions]:
    """What the service subscribes to, for its operator."""
    known = settings or Settings()
    async with opened(known) as service, subscribers.consumers(service, known) as made:
        models = {consumer.name: consumer for consumer in made}
        yield Subscriptions(service.pool, models, models)


def migrate(settings: Settings | None = None) -> None:
    """Bring the database to today's tables. Raises Misconfigured without the owner's address."""
    database = (settings or Settings()).dashboard
    if database.owner_dsn is None:
        raise Misconfigured("migrations need LINLI_DASHBOARD__OWNER_DSN")
    migrate_database(database.owner_dsn, tables="log", role=NAME)


dashboard = Hosted(
    name=NAME,
    title="看板 Dashboard",
    migrate=migrate,
    api=api,
    ready=ready,
    work=work,
    load_sample=load_sample,
    subscriptions=subscriptions,
    access=ACCESS,
)

"""Composition root: the only file that sees every room of this service."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request

from services.dashboard import subscribers
from services.dashboard.access import ACCESS
from services.dashboard.projections.case_lives import case_lives
from services.dashboard.service import MODELS, POINTED, SERVED, opened
from services.dashboard.settings import Settings
from shared.contracts.grievance import GRIEVANCE
from shared.contracts.points import POINTS
from shared.contracts.territory import TERRITORY
from shared.contracts.volunteer import VOLUNTEER
from shared.core.sample import Sample
from shared.ops.settings import Misconfigured
from shared.runtime import composing
from shared.runtime.composing import Served
from shared.runtime.following import copies
from shared.runtime.hosting import Hosted
from shared.runtime.sampling import Sampling
from shared.runtime.subscriptions import Subscriptions
from shared.store.migrate import migrate as migrate_database
from shared.store.pool import Pool

NAME = "dashboard"


def api(settings: Settings | None = None) -> FastAPI:
    """The HTTP app; its lifespan opens the service. Raises Misconfigured."""
    # Building an API's models takes a second: only a process that serves it does.
    from services.dashboard import board_api, comparison_api

    known = settings or Settings()
    kept = copies.router(ACCESS, subscribers.FED, _pool, known.kafka)
    served = Served(NAME, [board_api.router, comparison_api.router, kept], ACCESS)
    return composing.app_of(served, known, opened)


def _pool(request: Request) -> Pool:
    pool: Pool = request.app.state.service.pool
    return pool


async def ready(app: FastAPI) -> bool:
    """Whether the app can answer."""
    return await composing.answers(app, case_lives.name)


async def work(stop: asyncio.Event, settings: Settings | None = None) -> None:
    """Keep the read models in step with the other services' contracts until told to stop.

    Raises Misconfigured without a broker or a feed.
    """
    known = settings or Settings()
    subscribers.check(known)
    async with opened(known) as service:
        await subscribers.run(service, known, stop)


async def sample_shown(_: Sample, settings: Settings | None = None) -> None:
    """Wait until the read models hold what the others have published.

    Raises StandsStill without a worker, FeedUnavailable without one of them.
    """
    known = settings or Settings()
    async with opened(known) as service:
        await service.map.follow(await subscribers.published(known, TERRITORY))
        position = await subscribers.published(known, GRIEVANCE)
        await service.watermarks.follow([model.name for model in MODELS], position)
        position = await subscribers.published(known, VOLUNTEER)
        await service.served.watermarks.follow([model.name for model in SERVED], position)
        position = await subscribers.published(known, POINTS)
        await service.points.watermarks.follow([model.name for model in POINTED], position)


def pages(api: FastAPI, settings: Settings | None = None) -> FastAPI:
    """The web pages over the parts of the app. Raises Misconfigured."""
    from services.dashboard.pages.app import pages_of

    return pages_of(api, settings or Settings())


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
    sampling=Sampling(shown=sample_shown),
    subscriptions=subscriptions,
    access=ACCESS,
    pages=pages,
)

"""Composition root: the only file that sees every room of this service."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request

from services.grievance import sample, subscribers
from services.grievance.access import ACCESS
from services.grievance.api import router
from services.grievance.log import EVENTS, LOG
from services.grievance.publishing import publish
from services.grievance.service import FOLLOWED, MODELS, opened
from services.grievance.settings import Settings
from shared.contracts.grievance import GRIEVANCE
from shared.contracts.territory import TERRITORY
from shared.core.sample import Sample
from shared.runtime import composing
from shared.runtime.composing import Served
from shared.runtime.hosting import Hosted, Kept
from shared.runtime.projections import copies
from shared.runtime.projections.log_fed import LogFed
from shared.runtime.publishing import feed, outbox
from shared.runtime.publishing.outbox import Outbox
from shared.runtime.publishing.publication import Publication
from shared.runtime.publishing.relay import Relay
from shared.runtime.subscriptions import ReadModelOf, Subscription, Subscriptions
from shared.store.pool import Pool

NAME = "grievance"
PUBLICATION = Publication(GRIEVANCE, EVENTS, publish)


def api(settings: Settings | None = None) -> FastAPI:
    """The HTTP app; its lifespan opens the service. Raises Misconfigured."""
    contracts = feed.router(PUBLICATION, _pool)
    kept = copies.router(ACCESS, TERRITORY, FOLLOWED, _pool)
    served = Served(NAME, [router, contracts, kept], ACCESS)
    return composing.app_of(served, settings or Settings(), opened)


def _pool(request: Request) -> Pool:
    pool: Pool = request.app.state.service.pool
    return pool


async def ready(app: FastAPI) -> bool:
    """Whether the app can answer."""
    return await composing.answers(app, "case_register")


async def work(stop: asyncio.Event, settings: Settings | None = None) -> None:
    """Keep the read models, the key store and the topic in step with the log until told to stop.

    Raises Misconfigured without a broker or the feed of the territory service.
    """
    known = settings or Settings()
    subscribers.check(known)
    kafka = known.broker()
    async with opened(known) as service, asyncio.TaskGroup() as group:
        group.create_task(Relay(service.pool, PUBLICATION, kafka).run(stop))
        group.create_task(service.projector.run(stop))
        group.create_task(service.eraser.run(stop))
        group.create_task(subscribers.run(service, known, stop))


async def load_sample(_: Sample, settings: Settings | None = None) -> None:
    """Load the sample, one for every seed and scale, and wait until the register shows it.

    Raises StandsStill without a worker, FeedUnavailable without the territory service.
    """
    known = settings or Settings()
    async with opened(known) as service:
        async with subscribers.fed(known) as feed:
            await service.map.follow(await feed.head())
        await sample.load(service)
        position = await service.head()
        await service.watermarks.follow([model.name for model in MODELS], position)


@asynccontextmanager
async def subscriptions(settings: Settings | None = None) -> AsyncIterator[Subscriptions]:
    """What the service subscribes to, for its operator."""
    known = settings or Settings()
    async with opened(known) as service, subscribers.followers(service, known) as made:
        models: dict[str, ReadModelOf] = {one.name: one for one in made.consumers}
        models |= {one.name: LogFed(service.pool, LOG, EVENTS, one) for one in MODELS}
        policies = {one.name: one for one in made.reactors}
        relay = Outbox(service.pool, PUBLICATION, 1)
        members: dict[str, Subscription] = {outbox.CURSOR: relay, **policies, **models}
        yield Subscriptions(service.pool, members, models)


def migrate(settings: Settings | None = None) -> None:
    """Bring log and key store to today's tables. Raises Misconfigured without owners' addresses."""
    composing.migrate_log(NAME, (settings or Settings()).grievance)


grievance = Hosted(
    name=NAME,
    title="诉求 Petitions",
    migrate=migrate,
    api=api,
    ready=ready,
    work=work,
    load_sample=load_sample,
    subscriptions=subscriptions,
    access=ACCESS,
    kept=Kept(LOG, lambda: Settings().grievance.dsn),
)

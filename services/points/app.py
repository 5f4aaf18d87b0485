"""Composition root: the only file that sees every room of this service."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request

from services.points import subscribers, timekeeping
from services.points.access import ACCESS
from services.points.claiming import api as claiming
from services.points.crediting import api as crediting
from services.points.crediting import reading_api as crediting_reads
from services.points.honouring import api as honouring
from services.points.honouring import reading_api as honours
from services.points.log import EVENTS, LOG
from services.points.owing import api as owing
from services.points.publishing import UNPUBLISHED, publish
from services.points.ruling.api import router as ruling
from services.points.sample import loading
from services.points.service import MODELS, opened
from services.points.settings import Settings
from services.points.shopkeeping import api as shopkeeping
from services.points.shopkeeping import reading_api as reading_stock
from services.points.shopping import api as shopping
from services.points.subscribers import FOLLOWING
from shared.contracts.points import POINTS
from shared.core.sample import Sample
from shared.runtime import composing
from shared.runtime.composing import Served
from shared.runtime.following import copies
from shared.runtime.hosting import Hosted, Kept
from shared.runtime.projections.log_fed import LogFed
from shared.runtime.publishing import feed, outbox
from shared.runtime.publishing.outbox import Outbox
from shared.runtime.publishing.publication import Publication
from shared.runtime.publishing.relay import Relay
from shared.runtime.sampling import Sampling
from shared.runtime.seals import keeping
from shared.runtime.subscriptions import ReadModelOf, Subscription, Subscriptions
from shared.store.pool import Pool

NAME = "points"
PUBLICATION = Publication(POINTS, EVENTS, publish, UNPUBLISHED)


def api(settings: Settings | None = None) -> FastAPI:
    """The HTTP app; its lifespan opens the service. Raises Misconfigured."""
    known = settings or Settings()
    contracts = feed.router(PUBLICATION, _pool)
    followed = [(one.source, one.models) for one in FOLLOWING]
    kept = copies.router(ACCESS, followed, _pool, known.kafka)
    served = Served(
        NAME,
        [
            contracts,
            kept,
            claiming.router,
            shopping.router,
            shopkeeping.router,
            reading_stock.router,
            crediting.router,
            crediting_reads.router,
            honouring.router,
            honours.router,
            ruling,
            owing.router,
        ],
        ACCESS,
    )
    return composing.app_of(served, known, opened)


def _pool(request: Request) -> Pool:
    pool: Pool = request.app.state.service.pool
    return pool


async def ready(app: FastAPI) -> bool:
    """Whether the app can answer."""
    return await composing.answers(app, "points_accounts")


async def work(stop: asyncio.Event, settings: Settings | None = None) -> None:
    """Keep the read models, the key store and the topic in step with the log until told to stop.

    Raises Misconfigured without a broker or the feed of a service that is followed.
    """
    known = settings or Settings()
    subscribers.check(known)
    kafka = known.broker()
    async with opened(known) as service, asyncio.TaskGroup() as group:
        group.create_task(Relay(service.pool, PUBLICATION, kafka).run(stop))
        group.create_task(service.projector.run(stop))
        group.create_task(service.eraser.run(stop))
        group.create_task(keeping.keep(service.pool, [LOG], known, stop))
        group.create_task(subscribers.run(service, known, stop))
        group.create_task(timekeeping.run(service, stop))
        for one in service.reacting:
            group.create_task(one.run(stop))


async def sample_rest(sample: Sample, settings: Settings | None = None) -> None:
    """Points, a shop and honours, on the map as the territory service has it now."""
    known = settings or Settings()
    async with opened(known) as service, subscribers.fed(known) as territory:
        await service.map.follow(await territory.head())
        await loading.load(service, sample, territory.head)


async def sample_shown(_: Sample, settings: Settings | None = None) -> None:
    """Wait until the read models show what is in the log."""
    async with opened(settings or Settings()) as service:
        position = await service.head()
        await service.watermarks.follow([model.name for model in MODELS], position)


@asynccontextmanager
async def subscriptions(settings: Settings | None = None) -> AsyncIterator[Subscriptions]:
    """What the service subscribes to, for its operator."""
    known = settings or Settings()
    async with opened(known) as service, subscribers.followers(service, known) as made:
        copied = [one for each in made.consumers.values() for one in each]
        models: dict[str, ReadModelOf] = {one.name: one for one in copied}
        models |= {one.name: LogFed(service.pool, LOG, EVENTS, one) for one in MODELS}
        policies: dict[str, Subscription] = {
            one.name: one for each in made.reactors.values() for one in each
        }
        policies |= {one.name: one for one in service.reacting}
        relay = Outbox(service.pool, PUBLICATION, 1)
        members: dict[str, Subscription] = {outbox.CURSOR: relay, **policies, **models}
        yield Subscriptions(service.pool, members, models)


def migrate(settings: Settings | None = None) -> None:
    """Bring log and key store to today's tables. Raises Misconfigured without owners' addresses."""
    composing.migrate_log(NAME, (settings or Settings()).points)


points = Hosted(
    name=NAME,
    title="积分超市 Points and the points supermarket",
    migrate=migrate,
    api=api,
    ready=ready,
    work=work,
    sampling=Sampling(shown=sample_shown, rest=sample_rest),
    subscriptions=subscriptions,
    access=ACCESS,
    kept=[Kept(LOG, lambda: Settings().points.dsn, lambda: Settings().points.keys_dsn)],
)

"""Composition root: the only file that sees every room of this service."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from services.territory import founding, subscribers
from services.territory.access import ACCESS
from services.territory.log import EVENTS, LOG
from services.territory.publishing import UNPUBLISHED, publish
from services.territory.sample import whole
from services.territory.service import MODELS, opened
from services.territory.settings import Settings
from shared.contracts.territory import TERRITORY
from shared.core.sample import Sample
from shared.runtime import composing
from shared.runtime.composing import Served
from shared.runtime.hosting import Hosted, Kept
from shared.runtime.projections.log_fed import LogFed
from shared.runtime.publishing import feed, outbox
from shared.runtime.publishing.outbox import Outbox
from shared.runtime.publishing.publication import Publication
from shared.runtime.publishing.relay import Relay
from shared.runtime.sampling import Sampling
from shared.runtime.seals import keeping
from shared.runtime.subscriptions import Subscription, Subscriptions

NAME = "territory"
PUBLICATION = Publication(TERRITORY, EVENTS, publish, UNPUBLISHED)


def api(settings: Settings | None = None) -> FastAPI:
    """The HTTP app; its lifespan opens the service. Raises Misconfigured."""
    # Building an API's models takes a second: only a process that serves it does.
    from services.territory.api import router
    from services.territory.enrolment.uploads import LARGEST_FILE, UPLOADS

    contracts = feed.router(PUBLICATION, lambda request: request.app.state.service.pool)
    served = Served(NAME, [router, contracts], ACCESS, {UPLOADS: LARGEST_FILE})
    return composing.app_of(served, settings or Settings(), opened)


async def ready(app: FastAPI) -> bool:
    """Whether the app can answer."""
    return await composing.answers(app, "map_history")


async def work(stop: asyncio.Event, settings: Settings | None = None) -> None:
    """Keep the read models, the key store and the topic in step with the log until told to stop.

    Raises Misconfigured without a broker or the feed of a service that has to answer.
    """
    known = settings or Settings()
    subscribers.check(known)
    kafka = known.broker()
    district = known.named_district()
    async with opened(known) as service, asyncio.TaskGroup() as group:
        await founding.found(service, *district)
        group.create_task(Relay(service.pool, PUBLICATION, kafka).run(stop))
        group.create_task(service.projector.run(stop))
        group.create_task(service.eraser.run(stop))
        group.create_task(keeping.keep(service.pool, [LOG], known, stop))
        group.create_task(subscribers.run(service, known, stop))


async def sample_ground(sample: Sample, settings: Settings | None = None) -> None:
    """The map, and all that is on it but people."""
    known = settings or Settings()
    async with opened(known) as service:
        await founding.found(service, *known.named_district())
        await whole.ground(service, sample)


async def sample_rest(sample: Sample, settings: Settings | None = None) -> None:
    """The residents."""
    async with opened(settings or Settings()) as service:
        await whole.rest(service, sample)


async def sample_shown(_: Sample, settings: Settings | None = None) -> None:
    """Wait until the read models show what is in the log."""
    async with opened(settings or Settings()) as service:
        position = await service.head()
        await service.watermarks.follow([model.name for model in MODELS], position)


@asynccontextmanager
async def subscriptions(settings: Settings | None = None) -> AsyncIterator[Subscriptions]:
    """What the service subscribes to, for its operator."""
    known = settings or Settings()
    async with opened(known) as service, subscribers.reactors(service, known) as reacting:
        models = {one.name: LogFed(service.pool, LOG, EVENTS, one) for one in MODELS}
        policies = {reactor.name: reactor for _, reactor in reacting}
        relay = Outbox(service.pool, PUBLICATION, 1)
        members: dict[str, Subscription] = {outbox.CURSOR: relay, **policies, **models}
        yield Subscriptions(service.pool, members, models)


def migrate(settings: Settings | None = None) -> None:
    """Bring log and key store to today's tables. Raises Misconfigured without owners' addresses."""
    composing.migrate_log(NAME, (settings or Settings()).territory)


territory = Hosted(
    name=NAME,
    title="地图与人 Places and people",
    migrate=migrate,
    api=api,
    ready=ready,
    work=work,
    sampling=Sampling(shown=sample_shown, ground=sample_ground, rest=sample_rest),
    subscriptions=subscriptions,
    access=ACCESS,
    kept=[Kept(LOG, lambda: Settings().territory.dsn, lambda: Settings().territory.keys_dsn)],
)

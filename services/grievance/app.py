"""Composition root: the only file that sees every room of this service."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request

from services.grievance import retaining, subscribers, tidying, timekeeping
from services.grievance.access import ACCESS
from services.grievance.log import EVENTS, LOG, LOGS, LOOK_LOG, LOOKS
from services.grievance.publishing import UNPUBLISHED, publish
from services.grievance.sample import loading
from services.grievance.service import FOLLOWED, LOOKED, MODELS, SEARCHED, opened
from services.grievance.settings import Settings
from services.grievance.telling import sending
from shared.contracts.grievance import GRIEVANCE
from shared.contracts.territory import TERRITORY
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

NAME = "grievance"
PUBLICATION = Publication(GRIEVANCE, EVENTS, publish, UNPUBLISHED)


def api(settings: Settings | None = None) -> FastAPI:
    """The HTTP app; its lifespan opens the service. Raises Misconfigured."""
    # Building an API's models takes a second: only a process that serves it does.
    from services.grievance.api import router
    from services.grievance.campaigning import api as campaigning
    from services.grievance.evidence import api as evidence
    from services.grievance.letters import api as letters
    from services.grievance.looking import api as looking
    from services.grievance.papers import api as papers
    from services.grievance.papers.kinds import LARGEST_PAPER
    from services.grievance.petitioners import api as petitioners
    from services.grievance.photos import api as photos
    from services.grievance.telling import api as telling
    from services.grievance.whistling import api as whistling

    known = settings or Settings()
    contracts = feed.router(PUBLICATION, _pool)
    kept = copies.router(ACCESS, [(TERRITORY, FOLLOWED)], _pool, known.kafka)
    served = Served(
        NAME,
        [
            router,
            petitioners.router,
            photos.router,
            whistling.router,
            campaigning.router,
            papers.router,
            letters.router,
            evidence.router,
            telling.router,
            looking.router,
            contracts,
            kept,
        ],
        ACCESS,
        {photos.PHOTOS: photos.LARGEST_PHOTO, papers.FILES: LARGEST_PAPER},
    )
    return composing.app_of(served, known, opened)


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
        group.create_task(service.searched.run(stop))
        group.create_task(service.looked.run(stop))
        group.create_task(service.eraser.run(stop))
        group.create_task(keeping.keep(service.pool, [*LOGS], known, stop))
        group.create_task(subscribers.run(service, known, stop))
        group.create_task(tidying.run(service, stop))
        group.create_task(timekeeping.run(service, stop))
        group.create_task(retaining.run(service, known.retention, stop))
        group.create_task(service.owing.run(stop))
        group.create_task(sending.run(service, stop))


async def sample_rest(sample: Sample, settings: Settings | None = None) -> None:
    """The cases, on the map as the territory service has it now."""
    known = settings or Settings()
    async with opened(known) as service:
        async with subscribers.fed(known) as feed:
            await service.map.follow(await feed.head())
        await loading.load(service, sample)


async def sample_shown(_: Sample, settings: Settings | None = None) -> None:
    """Wait until the register shows what is in the log."""
    async with opened(settings or Settings()) as service:
        position = await service.head()
        names = [model.name for model in (*MODELS, *SEARCHED)]
        await service.watermarks.follow(names, position)


@asynccontextmanager
async def subscriptions(settings: Settings | None = None) -> AsyncIterator[Subscriptions]:
    """What the service subscribes to, for its operator."""
    known = settings or Settings()
    async with opened(known) as service, subscribers.followers(service, known) as made:
        models: dict[str, ReadModelOf] = {one.name: one for one in made.consumers}
        models |= {one.name: LogFed(service.pool, LOG, EVENTS, one) for one in MODELS}
        worded = (service.pool, LOG, EVENTS)
        models |= {one.name: LogFed(*worded, one, service.wording) for one in SEARCHED}
        models |= {one.name: LogFed(service.pool, LOOK_LOG, LOOKS, one) for one in LOOKED}
        policies: dict[str, Subscription] = {one.name: one for one in made.reactors}
        policies[service.owing.name] = service.owing
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
    sampling=Sampling(shown=sample_shown, rest=sample_rest),
    subscriptions=subscriptions,
    access=ACCESS,
    kept=[
        Kept(LOG, lambda: Settings().grievance.dsn, lambda: Settings().grievance.keys_dsn),
        Kept(LOOK_LOG, lambda: Settings().grievance.dsn),
    ],
)

"""Entrypoint: the topics of other services to read models, and their feeds where a topic lacks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, aclosing, asynccontextmanager

from services.dashboard.service import FOLLOWED, MODELS, POINTED, SERVED, Dashboard
from services.dashboard.settings import Settings
from shared.contracts.grievance import GRIEVANCE
from shared.contracts.points import POINTS
from shared.contracts.source import Source
from shared.contracts.territory import TERRITORY
from shared.contracts.volunteer import VOLUNTEER
from shared.runtime.following.consuming import Consumer
from shared.runtime.following.feed_client import FeedClient
from shared.runtime.following.subscribing import Subscriber

SERVICE = "dashboard"
FED = ((GRIEVANCE, MODELS), (TERRITORY, FOLLOWED), (VOLUNTEER, SERVED), (POINTS, POINTED))
SOURCES = tuple(source for source, _ in FED)


def check(settings: Settings) -> None:
    """Raises Misconfigured without a broker or a feed."""
    settings.broker()
    for source, _ in FED:
        settings.feed(source.service)


@asynccontextmanager
async def consumers(service: Dashboard, settings: Settings) -> AsyncIterator[list[Consumer]]:
    """What keeps each read model. Raises Misconfigured without a broker or a feed."""
    partitions = settings.broker().partitions
    async with AsyncExitStack() as stack:
        made = []
        for source, models in FED:
            feed = await stack.enter_async_context(aclosing(_feed(settings, source)))
            made += [Consumer(service.pool, one, source, feed, partitions) for one in models]
        yield made


async def run(service: Dashboard, settings: Settings, stop: asyncio.Event) -> None:
    """Keep the read models in step with the other services until told to stop."""
    kafka = settings.broker()
    async with consumers(service, settings) as made, asyncio.TaskGroup() as group:
        for source, _ in FED:
            followers = [one for one in made if one.source == source.log]
            group.create_task(Subscriber(SERVICE, source, kafka, followers).run(stop))


async def published(settings: Settings, source: Source) -> int:
    """The position up to which a service's feed serves now. Raises FeedUnavailable."""
    async with aclosing(_feed(settings, source)) as feed:
        return await feed.head()


def _feed(settings: Settings, source: Source) -> FeedClient:
    return FeedClient(settings.feed(source.service), settings.service_token)

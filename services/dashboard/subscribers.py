"""Entrypoint: the topics of other services to read models, and their feeds where a topic lacks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager

from services.dashboard.service import MODELS, Dashboard
from services.dashboard.settings import Settings
from shared.contracts.grievance import GRIEVANCE
from shared.runtime.following.consuming import Consumer
from shared.runtime.following.feed_client import FeedClient
from shared.runtime.following.subscribing import Subscriber
from shared.runtime.publishing.feed import LARGEST

SERVICE = "dashboard"
SOURCES = (GRIEVANCE,)


def check(settings: Settings) -> None:
    """Raises Misconfigured without a broker or a feed."""
    settings.broker()
    for source in SOURCES:
        settings.feed(source.service)


@asynccontextmanager
async def consumers(service: Dashboard, settings: Settings) -> AsyncIterator[list[Consumer]]:
    """What keeps each read model. Raises Misconfigured without a broker or a feed."""
    partitions = settings.broker().partitions
    async with aclosing(_feed(settings)) as feed:
        yield [Consumer(service.pool, model, GRIEVANCE, feed, partitions) for model in MODELS]


async def run(service: Dashboard, settings: Settings, stop: asyncio.Event) -> None:
    """Keep the read models in step with the case service until told to stop."""
    async with consumers(service, settings) as made:
        await Subscriber(SERVICE, GRIEVANCE, settings.broker(), made).run(stop)


async def published(settings: Settings) -> int:
    """The position up to which the case service's feed serves now. Raises FeedUnavailable."""
    through = 0
    async with aclosing(_feed(settings)) as feed:
        # nothing lies past the largest position: the answer only says where the log ends
        async for piece in feed.read(LARGEST):
            through = piece.through
    return through


def _feed(settings: Settings) -> FeedClient:
    return FeedClient(settings.feed(GRIEVANCE.service), settings.service_token)

"""Entrypoint: what the case service keeps of other services' contracts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager

from services.grievance.service import FOLLOWED, Grievance
from services.grievance.settings import Settings
from shared.contracts.territory import TERRITORY
from shared.runtime.following.consuming import Consumer
from shared.runtime.following.feed_client import FeedClient
from shared.runtime.following.subscribing import Subscriber

SERVICE = "grievance"
SOURCES = (TERRITORY,)


@asynccontextmanager
async def fed(settings: Settings) -> AsyncIterator[FeedClient]:
    """The feed of the territory service. Raises Misconfigured."""
    feed = FeedClient(settings.feed(TERRITORY.service), settings.service_token)
    async with aclosing(feed):
        yield feed


@asynccontextmanager
async def consumers(service: Grievance, settings: Settings) -> AsyncIterator[list[Consumer]]:
    """What keeps the copies. Raises Misconfigured without a broker or a feed."""
    partitions = settings.broker().partitions
    async with fed(settings) as feed:
        yield [Consumer(service.pool, model, TERRITORY, feed, partitions) for model in FOLLOWED]


async def run(service: Grievance, settings: Settings, stop: asyncio.Event) -> None:
    """Keep the copies in step with the territory service until told to stop."""
    async with consumers(service, settings) as made:
        await Subscriber(SERVICE, TERRITORY, settings.broker(), made).run(stop)

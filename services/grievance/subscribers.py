"""Entrypoint: other services' topics to what the case service does about them, and their feeds
where a topic lacks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager

from services.grievance.policies import when_a_person_is_erased_in_territory_then_erase_here
from services.grievance.service import Grievance
from services.grievance.settings import Settings
from shared.contracts.territory import TERRITORY
from shared.runtime.following.feed_client import FeedClient
from shared.runtime.following.subscribing import Subscriber
from shared.runtime.policies.reacting import Reactor

SERVICE = "grievance"
SOURCES = (TERRITORY,)
POLICIES = (when_a_person_is_erased_in_territory_then_erase_here,)


def check(settings: Settings) -> None:
    """Raises Misconfigured without a broker or a feed."""
    settings.broker()
    for source in SOURCES:
        settings.feed(source.service)


@asynccontextmanager
async def reactors(service: Grievance, settings: Settings) -> AsyncIterator[list[Reactor]]:
    """What runs the policies. Raises Misconfigured without a broker or a feed."""
    partitions = settings.broker().partitions
    feed = FeedClient(settings.feed(TERRITORY.service), settings.service_token)
    async with aclosing(feed):
        following = (service.pool, feed, partitions)
        yield [Reactor(service.executor, policy, TERRITORY, following) for policy in POLICIES]


async def run(service: Grievance, settings: Settings, stop: asyncio.Event) -> None:
    """React to the territory service until told to stop."""
    async with reactors(service, settings) as made:
        await Subscriber(SERVICE, TERRITORY, settings.broker(), made).run(stop)

"""Entrypoint: other services' topics to what the case service keeps of them and does about them,
and their feeds where a topic lacks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass

from services.grievance.policies import when_a_person_is_erased_in_territory_then_erase_here
from services.grievance.service import FOLLOWED, Grievance
from services.grievance.settings import Settings
from shared.contracts.territory import TERRITORY
from shared.runtime.following.consuming import Consumer
from shared.runtime.following.feed_client import FeedClient
from shared.runtime.following.subscribing import Subscriber
from shared.runtime.policies.reacting import Reactor

SERVICE = "grievance"
SOURCES = (TERRITORY,)
POLICIES = (when_a_person_is_erased_in_territory_then_erase_here,)


@dataclass(frozen=True)
class Followers:
    """What follows the territory service: copies, and policies."""

    consumers: tuple[Consumer, ...]
    reactors: tuple[Reactor, ...]


def check(settings: Settings) -> None:
    """Raises Misconfigured without a broker or a feed."""
    settings.broker()
    for source in SOURCES:
        settings.feed(source.service)


@asynccontextmanager
async def fed(settings: Settings) -> AsyncIterator[FeedClient]:
    """The feed of the territory service. Raises Misconfigured."""
    feed = FeedClient(settings.feed(TERRITORY.service), settings.service_token)
    async with aclosing(feed):
        yield feed


@asynccontextmanager
async def followers(service: Grievance, settings: Settings) -> AsyncIterator[Followers]:
    """All of them. Raises Misconfigured without a broker or a feed."""
    pool, partitions = service.pool, settings.broker().partitions
    async with fed(settings) as feed:
        following = (pool, feed, partitions)
        yield Followers(
            tuple(Consumer(pool, one, TERRITORY, feed, partitions) for one in FOLLOWED),
            tuple(Reactor(service.executor, one, TERRITORY, following) for one in POLICIES),
        )


async def run(service: Grievance, settings: Settings, stop: asyncio.Event) -> None:
    """Follow the territory service until told to stop."""
    async with followers(service, settings) as made:
        following = [*made.consumers, *made.reactors]
        await Subscriber(SERVICE, TERRITORY, settings.broker(), following).run(stop)

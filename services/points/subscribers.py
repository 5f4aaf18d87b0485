"""Entrypoint: other services' topics to what the points service keeps of them and does about
them, and their feeds where a topic lacks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from services.points.informing import Informing
from services.points.policies import (
    when_a_callback_is_answered_then_credit,
    when_a_clue_is_verified_then_credit,
    when_a_person_is_erased_in_territory_then_erase_here,
    when_hours_are_approved_or_reversed_then_credit_or_take_back,
)
from services.points.service import FOLLOWED, PointsService
from services.points.settings import Settings
from shared.contracts.grievance import GRIEVANCE
from shared.contracts.source import Source
from shared.contracts.territory import TERRITORY
from shared.contracts.volunteer import VOLUNTEER
from shared.core.policy import Policy
from shared.core.projection import ReadModel
from shared.runtime.following.consuming import Consumer
from shared.runtime.following.feed_client import FeedClient
from shared.runtime.following.subscribing import Subscriber
from shared.runtime.policies.reacting import Reactor

SERVICE = "points"


@dataclass(frozen=True)
class Followed:
    """What is kept of a source, and what is done about it."""

    source: Source
    models: Sequence[ReadModel[Any, Any]]
    policies: Sequence[Policy[Any]] = ()


FOLLOWING = (
    Followed(TERRITORY, FOLLOWED, (when_a_person_is_erased_in_territory_then_erase_here,)),
    Followed(
        GRIEVANCE,
        (),
        (when_a_clue_is_verified_then_credit, when_a_callback_is_answered_then_credit),
    ),
    Followed(VOLUNTEER, (), (when_hours_are_approved_or_reversed_then_credit_or_take_back,)),
)
SOURCES = tuple(one.source for one in FOLLOWING)


@dataclass(frozen=True)
class Followers:
    """What follows other services: copies, and policies, by their source."""

    consumers: Mapping[str, tuple[Consumer, ...]]
    reactors: Mapping[str, tuple[Reactor, ...]]


def check(settings: Settings) -> None:
    """Raises Misconfigured without a broker or a feed."""
    settings.broker()
    for one in FOLLOWING:
        settings.feed(one.source.service)


@asynccontextmanager
async def fed(settings: Settings, source: Source = TERRITORY) -> AsyncIterator[FeedClient]:
    """The feed of that service. Raises Misconfigured."""
    feed = FeedClient(settings.feed(source.service), settings.service_token)
    async with aclosing(feed):
        yield feed


@asynccontextmanager
async def followers(service: PointsService, settings: Settings) -> AsyncIterator[Followers]:
    """All of them. Raises Misconfigured without a broker or a feed."""
    pool, partitions = service.pool, settings.broker().partitions
    informed = Informing(service)
    async with AsyncExitStack() as stack:
        consumers: dict[str, tuple[Consumer, ...]] = {}
        reactors: dict[str, tuple[Reactor, ...]] = {}
        for one in FOLLOWING:
            feed, source = await stack.enter_async_context(fed(settings, one.source)), one.source
            consumers[source.service] = tuple(
                Consumer(pool, model, source, feed, partitions) for model in one.models
            )
            reactors[source.service] = tuple(
                Reactor(service.executor, policy, source, (pool, feed, partitions), informed)
                for policy in one.policies
            )
        yield Followers(consumers, reactors)


async def run(service: PointsService, settings: Settings, stop: asyncio.Event) -> None:
    """Follow the other services until told to stop."""
    kafka = settings.broker()
    async with followers(service, settings) as made, asyncio.TaskGroup() as group:
        for one in FOLLOWING:
            name = one.source.service
            following = [*made.consumers[name], *made.reactors[name]]
            group.create_task(Subscriber(SERVICE, one.source, kafka, following).run(stop))

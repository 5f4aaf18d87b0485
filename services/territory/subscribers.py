"""Entrypoint: other services' topics to what the territory service does about them, and their
feeds where a topic lacks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, aclosing, asynccontextmanager

from services.territory.policies import when_a_service_has_erased_then_note_its_answer
from services.territory.service import Territory
from services.territory.settings import Settings
from shared.contracts.grievance import GRIEVANCE
from shared.contracts.points import POINTS
from shared.contracts.source import Source
from shared.contracts.volunteer import VOLUNTEER
from shared.ops.settings import Misconfigured
from shared.runtime.following.feed_client import FeedClient
from shared.runtime.following.subscribing import Subscriber
from shared.runtime.policies.reacting import Reactor

SERVICE = "territory"
# Those that keep keys, and so answer when a person is erased.
SOURCES = (GRIEVANCE, VOLUNTEER, POINTS)


def followed(settings: Settings) -> Sequence[Source]:
    """The sources of those that have to answer. Raises Misconfigured for one that nobody reads."""
    known = {source.service: source for source in SOURCES}
    if strange := set(settings.answering) - set(known):
        names = ", ".join(sorted(strange))
        raise Misconfigured(f"LINLI_ANSWERING: whether {names} answers is not read here")
    return [known[name] for name in settings.answering]


def check(settings: Settings) -> None:
    """Raises Misconfigured without a broker or a feed."""
    settings.broker()
    for source in followed(settings):
        settings.feed(source.service)


@asynccontextmanager
async def reactors(
    service: Territory, settings: Settings
) -> AsyncIterator[list[tuple[Source, Reactor]]]:
    """What notes the answers of each source. Raises Misconfigured without a broker or a feed."""
    partitions = settings.broker().partitions
    async with AsyncExitStack() as stack:
        made = []
        for source in followed(settings):
            client = FeedClient(settings.feed(source.service), settings.service_token)
            feed = await stack.enter_async_context(aclosing(client))
            policy = when_a_service_has_erased_then_note_its_answer(source.service)
            following = (service.pool, feed, partitions)
            made.append((source, Reactor(service.executor, policy, source, following)))
        yield made


async def run(service: Territory, settings: Settings, stop: asyncio.Event) -> None:
    """Note the answers of all who have to answer until told to stop."""
    kafka = settings.broker()
    async with reactors(service, settings) as made, asyncio.TaskGroup() as group:
        for source, reactor in made:
            group.create_task(Subscriber(SERVICE, source, kafka, [reactor]).run(stop))

"""What goes on between services, in this process: each hears of the other's log when told to."""

from __future__ import annotations

from random import Random
from typing import Any

from shared.core.policy import Policy
from shared.runtime.commands.execute import Executor
from shared.runtime.policies.reacting import Reactor
from shared.runtime.publishing.publication import Publication
from shared.store.pool import Pool
from shared.testkit.deliveries import KeptFeed, published

PARTITIONS = 4


async def hears(
    here: tuple[Pool, Executor], policy: Policy[Any], there: Pool, publication: Publication
) -> None:
    """One service does what its policy says of all that the other one has published by now."""
    async with there.acquire() as connection:
        topic = await published(connection, publication, PARTITIONS)
    pool, executor = here
    feed = KeptFeed(topic, Random(0))
    reactor = Reactor(executor, policy, publication.source, (pool, feed, PARTITIONS))
    await reactor.prepare()
    await reactor.catch_up()

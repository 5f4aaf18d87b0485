"""Relays of one log on a real broker, and what they have sent."""

from __future__ import annotations

from shared.ops.settings import Kafka
from shared.runtime.following.consuming import Consumer
from shared.runtime.publishing.publication import Publication
from shared.runtime.publishing.relay import Relay
from shared.store import cursors, read
from shared.store.pool import Pool
from tests.shared.toy import carried
from tests.shared.toy.asking import LOG
from tests.shared.toy.waiting import until


class Relaying:
    """Relays of one log, and what they have sent."""

    def __init__(self, pool: Pool, publication: Publication, kafka: Kafka) -> None:
        self.pool = pool
        self.publication = publication
        self.kafka = kafka

    def relay(self) -> Relay:
        """One more process that may publish the log."""
        return Relay(self.pool, self.publication, self.kafka)

    async def published(self) -> None:
        """Return once the whole log is."""

        async def done() -> bool:
            async with self.pool.acquire() as connection:
                mark = (await cursors.read(connection, ["relay"], LOG))["relay"]
                return mark.position == await read.head(connection, LOG)

        await until(done)

    async def topic(self) -> list[carried.Record]:
        """Everything in the topic."""
        return await carried.everything(self.kafka.bootstrap, self.publication.source.topic)

    async def sent(self) -> list[carried.Read]:
        """Every message in the topic."""
        return carried.read(await self.topic())

    async def into(self, consumer: Consumer) -> None:
        """The topic as it is into the read model of another service."""
        await carried.take(self.publication.source, [consumer], await self.topic())

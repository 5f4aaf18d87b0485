"""A log, a real broker, and a service that reads the topic: opened once for many tests."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import dataclass
from uuid import UUID, uuid4

from aiokafka import AIOKafkaProducer

from shared.contracts.partitions import partition_of
from shared.ops.settings import Kafka
from shared.runtime.following.consuming import Consumer
from shared.runtime.following.feed_client import FeedClient
from shared.runtime.following.subscribing import Subscriber
from shared.runtime.publishing import topics
from shared.runtime.publishing.outbox import Outbox, Outgoing
from shared.runtime.publishing.publication import Publication
from shared.runtime.web.tokens import Verifier
from shared.store import parked
from shared.store.append import append
from shared.store.pool import Pool, open_pool
from shared.testkit.databases import TestServer
from tests.shared.toy import contracts
from tests.shared.toy.appending import On, decided
from tests.shared.toy.asking import LOG, NOON
from tests.shared.toy.contracts import PARTITIONS
from tests.shared.toy.events import PurseMoved
from tests.shared.toy.followed import places, published
from tests.shared.toy.longago import rows_of
from tests.shared.toy.pasts import opened, put
from tests.shared.toy.poison import Poison
from tests.shared.toy.purses import PurseRow, purses
from tests.shared.toy.served import Served
from tests.shared.toy.tables import assert_counted, rows
from tests.shared.toy.waiting import running, until

ROOMY = 2_000_000


@dataclass(frozen=True)
class House:
    """The parts, and what they hold."""

    pool: Pool
    reading: Pool
    publication: Publication
    consumer: Consumer
    producer: AIOKafkaProducer

    async def lives(self, *ids: UUID) -> list[Outgoing]:
        """Each of these purses is opened, filled, moved and filled twice more; what that sends."""
        past = [opened(), put(1), PurseMoved(at=NOON, territory="d/s2"), put(2), put(4)]
        group = [decided(On(key, n, [event])) for n, event in enumerate(past) for key in ids]
        async with self.pool.acquire() as connection:
            await append(connection, LOG, group)
        sent = Outbox(self.pool, self.publication, PARTITIONS)
        page = await sent.first()
        async with self.pool.acquire() as connection, connection.transaction():
            await sent.move(connection, page)
        return page.outgoing

    async def send(self, sent: Sequence[Outgoing], spoilt: dict[int, Poison]) -> None:
        """These, a batch for each partition; those at the positions of `spoilt` are not as told."""
        batches = {number: self.producer.create_batch() for number, _ in sent}
        for number, message in sent:
            headers, value = spoilt.get(message.position, Poison()).spoilt(message)
            batches[number].append(timestamp=None, key=b"k", value=value, headers=headers)
        topic = self.publication.source.topic
        acknowledged = [
            await self.producer.send_batch(batch, topic, partition=number)
            for number, batch in batches.items()
        ]
        await asyncio.gather(*acknowledged)

    async def reached(self, sent: Sequence[Outgoing]) -> None:
        """Return once the reader has come past all of these."""
        lasts = {number: message.position for number, message in sent}

        async def met() -> bool:
            standing = await places(self.reading)
            return all(standing[number] >= last for number, last in lasts.items())

        await until(met)

    async def garbled(self) -> int:
        """How many records have been noted."""
        return len(await self.reading.fetch(parked.GARBLED_ALL))

    async def waiting(self, stream_id: UUID) -> list[tuple[int, str]]:
        """What waits of this stream."""
        async with self.reading.acquire() as there:
            lines = await parked.of(there, "purses", stream_id)
        return [(line.position, line.reason) for line in lines]

    async def rows(self, *ids: UUID) -> dict[UUID, PurseRow]:
        """The rows of these purses; all tallies are a recount of all rows."""
        async with self.reading.acquire() as there:
            found = [PurseRow(*row) for row in await rows(there)]
            await assert_counted(there)
        return {row.purse_id: row for row in found if row.purse_id in ids}

    async def truth(self, *ids: UUID) -> dict[UUID, PurseRow]:
        """The rows of these purses, by the log."""
        async with self.pool.acquire() as here:
            history = await published(here)
        return rows_of(one for one in history if one.stream_id in ids)


@asynccontextmanager
async def opened_house(
    server: TestServer, kafka: Kafka, verifier: Verifier, token: str
) -> AsyncIterator[House]:
    """The house, its subscriber reading."""
    publication = contracts.publication(f"linli.test.{uuid4().hex}")
    await topics.prepare(kafka, publication.source.topic)
    async with AsyncExitStack() as stack:
        pool, reading = [await _database(stack, server) for _ in range(2)]
        served = Served(publication, pool, verifier)
        stack.push_async_callback(served.down)
        await served.up()
        feed = await stack.enter_async_context(aclosing(FeedClient(served.url, lambda: token)))
        producer = AIOKafkaProducer(
            bootstrap_servers=kafka.servers, max_batch_size=ROOMY, max_request_size=ROOMY
        )
        stack.push_async_callback(producer.stop)
        await producer.start()
        consumer = Consumer(reading, purses, publication.source, feed, PARTITIONS)
        made = House(pool, reading, publication, consumer, producer)
        subscriber = Subscriber("reader", publication.source, kafka, [consumer])
        await stack.enter_async_context(running(subscriber.run))
        await _joined(made)
        yield made


async def _database(stack: AsyncExitStack, server: TestServer) -> Pool:
    database = await stack.enter_async_context(server.database("template_log"))
    pool = await open_pool(database.service)
    stack.push_async_callback(pool.close)
    return pool


async def _joined(house: House) -> None:
    """Return once a record of every partition has come by the topic."""
    for number in range(PARTITIONS):
        topic = house.publication.source.topic
        await house.producer.send_and_wait(topic, b"%d" % number, partition=number)

    async def met() -> bool:
        return await house.garbled() == PARTITIONS

    await until(met)


def in_partition(number: int) -> UUID:
    """A new stream of this partition."""
    return next(key for key in iter(uuid4, None) if partition_of(key, PARTITIONS) == number)

"""What the relay is measured against: aiokafka's own producer, sending the same messages."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from itertools import cycle, islice
from typing import Any, NamedTuple

import asyncpg
from aiokafka import AIOKafkaProducer

from bench import histories
from bench.brokers import Broker
from bench.stage import Stage
from services.grievance.app import PUBLICATION
from services.grievance.log import LOG
from shared.contracts import cloudevents
from shared.contracts.sent import Life
from shared.core.births import FIRST
from shared.core.chain import Place
from shared.runtime.publishing import outbox
from shared.runtime.publishing.producing import BATCH_BYTES, REQUEST_BYTES
from shared.store import read

PAGE = 2_000
DIFFERENT = 10 * PAGE  # what is prepared beforehand is held in memory, and sent again and again

Futures = list[asyncio.Future[Any]]


class Record(NamedTuple):
    """One message, ready to be sent."""

    partition: int
    key: bytes
    value: bytes
    headers: cloudevents.Headers


Page = Sequence[Record]
Send = Callable[[AIOKafkaProducer, str, Page], Awaitable[Futures]]


async def records(stage: Stage, partitions: int, number: int = DIFFERENT) -> list[Record]:
    """The first messages of the histories, as the relay sends them."""
    connection = await asyncpg.connect(stage.postgres.dsn(histories.TEMPLATE))
    rows = await read.quick_page(connection, LOG, 0, number)
    await connection.close()
    before = {number: Place(0) for number in range(partitions)}
    outgoing, _ = outbox.chained(Life(LOG, FIRST), partitions, PUBLICATION.of(rows).sent, before)
    return [
        Record(number, str(sent.stream_id).encode(), sent.payload, cloudevents.headers(message))
        for number, message in outgoing
        if (sent := message.sent) is not None
    ]


async def batches(client: AIOKafkaProducer, topic: str, page: Page) -> Futures:
    """A page as one batch for every partition, or more where they are full."""
    made = []
    filling: dict[int, Any] = {}
    for number, key, value, headers in page:
        batch = filling.get(number)
        record = {"timestamp": None, "key": key, "value": value, "headers": headers}
        if batch is None or batch.append(**record) is None:
            batch = filling[number] = client.create_batch()
            made.append((number, batch))
            batch.append(**record)
    return [await client.send_batch(batch, topic, partition=number) for number, batch in made]


async def singly(client: AIOKafkaProducer, topic: str, page: Page) -> Futures:
    """A page record by record: the client makes the batches."""
    return [
        await client.send(topic, value, key, partition=number, headers=headers)
        for number, key, value, headers in page
    ]


async def produce(
    broker: Broker, topic: str, given: Sequence[Record], number: int, send: Send
) -> float:
    """Seconds until so many messages are acknowledged; each page is queued while the one before
    it is on its way."""
    async with producer(broker) as client:
        began, waiting = time.perf_counter(), Futures()
        for page in _pages(islice(cycle(given), number)):
            queued = await send(client, topic, page)
            await asyncio.gather(*waiting)
            waiting = queued
        await asyncio.gather(*waiting)
        return time.perf_counter() - began


def producer(broker: Broker) -> AIOKafkaProducer:
    """One with the relay's settings."""
    kafka = broker.kafka
    return AIOKafkaProducer(
        bootstrap_servers=kafka.servers, acks="all", enable_idempotence=kafka.idempotent,
        max_batch_size=BATCH_BYTES, max_request_size=REQUEST_BYTES,
    )  # fmt: skip


def _pages(given: Iterable[Record]) -> Iterable[Page]:
    left = iter(given)
    return iter(lambda: list(islice(left, PAGE)), [])

"""How far a topic has come, by the last record of each of its partitions.

Offsets would not do: a copy that the feed has caught up is ahead of them, records that a broker has
dropped are in none of them, and a heartbeat is a record that brings nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import NamedTuple

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from shared.contracts import cloudevents_reading
from shared.contracts.sent import Garbled, Message
from shared.contracts.source import Source
from shared.core.births import FIRST
from shared.ops.settings import Kafka

SECONDS = 3.0
FETCH_MS = 200


class Tail(NamedTuple):
    """Of one partition everything up to `position`, in this epoch, is published, and nothing else
    is of a time before `at`."""

    position: int
    at: datetime
    epoch: int = FIRST


class Unheard(Exception):
    """How far the topic has come is not known; the message says why."""


async def tails(source: Source, kafka: Kafka | None) -> Mapping[int, Tail]:
    """The end of every partition, within SECONDS. Raises Unheard."""
    if kafka is None:
        raise Unheard("this process is told no broker")
    try:
        async with asyncio.timeout(SECONDS), _reader(kafka) as consumer:
            if source.topic not in await consumer.topics():  # some brokers make what is asked about
                raise Unheard(f"the broker has no topic {source.topic}")
            last = await _last(consumer, source.topic, kafka.partitions)
    except (KafkaError, TimeoutError, OSError) as fault:
        raise Unheard(f"the broker does not answer: {type(fault).__name__}") from fault
    except Garbled as fault:
        raise Unheard(f"the last record of {source.topic} cannot be read") from fault
    if any(one.log != source.log for one in last.values()):
        raise Unheard(f"the last record of {source.topic} is of another log")
    return {number: Tail(one.position, one.at, one.epoch) for number, one in last.items()}


@asynccontextmanager
async def _reader(kafka: Kafka) -> AsyncIterator[AIOKafkaConsumer]:
    """A reader of no group: it takes nothing from anyone."""
    consumer = AIOKafkaConsumer(
        bootstrap_servers=kafka.servers, fetch_max_wait_ms=kafka.fetch_wait_ms
    )
    try:
        await consumer.start()
        yield consumer
    finally:
        await asyncio.wait_for(consumer.stop(), SECONDS)


async def _last(consumer: AIOKafkaConsumer, topic: str, partitions: int) -> dict[int, Message]:
    places = [TopicPartition(topic, number) for number in range(partitions)]
    begins, ends = await consumer.beginning_offsets(places), await consumer.end_offsets(places)
    if any(ends[place] <= begins[place] for place in places):
        raise Unheard(f"nothing was published to {topic} yet, or nothing of it is left")
    consumer.assign(places)
    for place in places:
        consumer.seek(place, ends[place] - 1)
    last: dict[int, Message] = {}
    while len(last) < len(places):
        for place, records in (await consumer.getmany(timeout_ms=FETCH_MS)).items():
            record = records[-1]
            last[place.partition] = cloudevents_reading.read_record(record.headers, record.value)
    return last

"""What a relay sends, and how it looks to a reader of the topic."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

from shared.contracts import cloudevents
from shared.contracts.cloudevents_reading import read_record
from shared.contracts.sent import Message
from shared.contracts.source import Source
from shared.core.chain import Place
from shared.ops.settings import Kafka
from shared.runtime.following.follower import Follower
from shared.runtime.following.subscribing import Subscriber
from shared.runtime.publishing.outbox import Outbox, Outgoing
from shared.runtime.publishing.publication import Publication
from shared.store import epochs
from shared.store.cursors import Watermark
from shared.store.pool import Pool
from tests.shared.toy.contracts import PARTITIONS

NOWHERE = Kafka(bootstrap="127.0.0.1:1", partitions=PARTITIONS)
Record: TypeAlias = "ConsumerRecord[Any, Any]"
Read = tuple[int, Message]


async def outgoing(pool: Pool, publication: Publication) -> list[Outgoing]:
    """Every message of the log, as its relay sends it in the epoch that the log is in."""
    outbox = Outbox(pool, publication, PARTITIONS)
    async with pool.acquire() as connection:
        lives = await epochs.all_of(connection, publication.source.log)
    outbox.life = outbox.life._replace(epoch=epochs.latest(lives))
    nowhere = dict.fromkeys(range(PARTITIONS), Place(0))
    page = await outbox.read(Watermark(0, None), nowhere)
    sent = page.outgoing
    while page.until != page.since:
        page = await outbox.read(page.until, page.after)
        sent += page.outgoing
    return sent


def record(
    sent: Outgoing, *, value: bytes | None = None, headers: Any = None, offset: int = 0
) -> Record:
    """The message as a record; `value` and `headers` stand in the place of its own."""
    partition, message = sent
    key = message.sent and str(message.sent.stream_id).encode()
    payload = message.sent.payload if message.sent else b""
    return ConsumerRecord(
        topic="",
        partition=partition,
        offset=offset,
        timestamp=0,
        timestamp_type=0,
        key=key,
        value=payload if value is None else value,
        checksum=None,
        serialized_key_size=0,
        serialized_value_size=0,
        headers=tuple(cloudevents.headers(message)) if headers is None else headers,
    )


def records(sent: Iterable[Outgoing]) -> tuple[Record, ...]:
    """The messages as a batch of records."""
    return tuple(map(record, sent))


async def take(source: Source, followers: Sequence[Follower], batch: Iterable[Record]) -> None:
    """The records as a batch of the topic, to those who follow it."""
    await Subscriber("reader", source, NOWHERE, followers).take(tuple(batch))


def read(records: Iterable[Record]) -> list[Read]:
    """The messages of these records."""
    return [(one.partition, read_record(one.headers, one.value)) for one in records]


async def everything(bootstrap: str, topic: str) -> list[Record]:
    """All that the topic holds now, partition by partition."""
    places = [TopicPartition(topic, number) for number in range(PARTITIONS)]
    async with reader(bootstrap) as consumer:
        consumer.assign(places)
        ends = await consumer.end_offsets(places)
        await consumer.seek_to_beginning(*places)
        found: list[Record] = []
        while True:
            came = await consumer.getmany(timeout_ms=200)
            found += [one for part in came.values() for one in part]
            # the embedded broker counts one of its last batch
            if not came and all(
                [await consumer.position(place) >= ends[place] for place in places]
            ):
                break
    return sorted(found, key=lambda one: (one.partition, one.offset))


@asynccontextmanager
async def reader(bootstrap: str) -> AsyncIterator[AIOKafkaConsumer]:
    """A plain reader of topics, of no group."""
    consumer = AIOKafkaConsumer(
        bootstrap_servers=bootstrap, fetch_max_wait_ms=20, auto_offset_reset="earliest"
    )
    await consumer.start()
    try:
        yield consumer
    finally:
        await consumer.stop()


def assert_chained(read: Sequence[Read], log: Sequence[Outgoing]) -> None:
    """Every message of the log once, each naming the one before it; heartbeats name the last."""
    assert [one for one in read if one[1].sent] == sorted(log, key=lambda one: one[0])
    lasts = dict.fromkeys(range(PARTITIONS), 0)
    for number, message in read:
        assert message.previous == lasts[number]
        if message.sent:
            lasts[number] = message.position

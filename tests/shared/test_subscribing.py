"""Sessions with a broker: whatever becomes of it, the read models follow the log."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing, suppress
from typing import Any

import pytest
from aiokafka import TopicPartition
from aiokafka.errors import KafkaError
from structlog.testing import capture_logs

from shared.core.chain import Place
from shared.runtime.following.consuming import Consumer
from shared.runtime.following.subscribing import Subscriber
from shared.runtime.publishing import outbox, topics
from shared.runtime.publishing.producing import Producer
from shared.runtime.publishing.publication import Publication
from shared.store import cursors, read
from shared.store.cursors import CursorMoved
from shared.store.pool import Connection, Pool
from tests.brokers import Broker, OwnBroker
from tests.shared.conftest import settings_of
from tests.shared.toy.asking import LIFE, LOG, NOON
from tests.shared.toy.carried import NOWHERE, reader
from tests.shared.toy.followed import assert_follows, places
from tests.shared.toy.pasts import record_at_random
from tests.shared.toy.relaying import Relaying
from tests.shared.toy.served import Served
from tests.shared.toy.waiting import running, until

pytestmark = pytest.mark.postgres


def caught_up(reading: Pool, pool: Pool) -> Callable[[], Awaitable[bool]]:
    """Whether the read model has come to the end of the log."""

    async def met() -> bool:
        async with pool.acquire() as connection:
            head = await read.head(connection, LOG)
        return set((await places(reading)).values()) == {head}

    return met


async def test_a_broker_that_loses_everything_costs_no_event(
    own_broker: OwnBroker,
    connection: Connection,
    pool: Pool,
    publication: Publication,
    consumer: Consumer,
    reading: Pool,
    served: Served,
) -> None:
    kafka = settings_of(own_broker)
    relaying = Relaying(pool, publication, kafka)
    subscriber = Subscriber("reader", publication.source, kafka, [consumer])

    async def by_topic() -> bool:
        """Whether new events come without the feed."""
        asked = served.asked
        await record_at_random(connection, seed=served.asked, events=10)
        await until(caught_up(reading, pool))
        return served.asked == asked

    async with running(relaying.relay().run), running(subscriber.run):
        await until(by_topic, seconds=45)
        before = await topics.cluster(kafka.servers)
        await asyncio.to_thread(own_broker.kill)
        wiping = asyncio.create_task(asyncio.to_thread(own_broker.wipe))
        seed = 1_000
        while not wiping.done():
            await record_at_random(connection, seed, events=10)
            seed += 1
            await asyncio.sleep(0.2)
        await wiping
        assert await topics.cluster(kafka.servers) != before
        await until(caught_up(reading, pool), seconds=15)
        await assert_follows(reading, pool)
        await until(by_topic, seconds=45)
    await assert_follows(reading, pool)


async def test_the_embedded_broker_counts_one_of_its_last_batch(
    embedded_broker: Broker, publication: Publication
) -> None:
    """When it counts three, a reader past the end may be taken for lost."""
    kafka = settings_of(embedded_broker)
    place = TopicPartition(publication.source.topic, 0)
    await topics.prepare(kafka, place.topic)
    async with (
        reader(embedded_broker.bootstrap) as consumer,
        aclosing(Producer(kafka, place.topic)) as producer,
    ):
        await producer.open()
        beats = outbox.beats(LIFE, 9, NOON, {0: Place(0)})
        await producer.send(beats * 3)
        assert (await consumer.end_offsets([place]))[place] == 1
        await producer.send(beats)
        assert (await consumer.end_offsets([place]))[place] == 4


async def test_the_group_is_named_after_the_cluster(
    apache_kafka: Broker, publication: Publication, consumer: Consumer
) -> None:
    kafka = settings_of(apache_kafka)
    cluster = await topics.prepare(kafka, publication.source.topic)
    subscriber = Subscriber("reader", publication.source, kafka, [consumer])
    async with running(subscriber.run):

        async def named() -> bool:
            with suppress(KafkaError):  # a young broker is not ready to tell
                async with topics.admin(kafka.servers) as client:
                    groups = [name for name, *_ in await client.list_consumer_groups()]
                return f"reader.{cluster}" in groups
            return False

        await until(named)


async def test_without_a_broker_the_feed_alone_keeps_a_reader_up(
    connection: Connection, pool: Pool, publication: Publication, consumer: Consumer, reading: Pool
) -> None:
    subscriber = Subscriber("reader", publication.source, NOWHERE, [consumer])
    async with running(subscriber.run) as task:
        for seed in range(2):
            await record_at_random(connection, seed, events=50)
            await until(caught_up(reading, pool))
        assert not task.done()
    await assert_follows(reading, pool)


async def test_another_runner_that_was_faster_ends_no_subscriber(
    connection: Connection,
    pool: Pool,
    publication: Publication,
    consumer: Consumer,
    reading: Pool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    advance, faster = cursors.advance, [True, True]

    async def beaten(*about: Any) -> None:
        if faster:
            faster.pop()
            raise CursorMoved
        await advance(*about)

    monkeypatch.setattr(cursors, "advance", beaten)
    await record_at_random(connection, seed=1, events=50)
    subscriber = Subscriber("reader", publication.source, NOWHERE, [consumer])
    with capture_logs() as logs:
        async with running(subscriber.run) as task:
            await until(caught_up(reading, pool))
            assert not task.done()
    faults = [one["fault"] for one in logs if one["event"] == "subscriber.interrupted"]
    assert faults.count("CursorMoved") == 2
    await assert_follows(reading, pool)

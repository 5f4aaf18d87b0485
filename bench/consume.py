"""Consume: the case service's contracts from their topic into the dashboard's read model, beside a
consumer that takes the same records and does nothing."""

from __future__ import annotations

import asyncio
import time
from contextlib import aclosing
from uuid import uuid4

from aiokafka import TopicPartition

from bench import bare_messages, brokers, feeding, histories, relay
from bench.brokers import Broker
from bench.figures import Bar, Figure, Measure, Sample
from bench.stage import Round, Stage, load, rounds
from services.dashboard.projections.case_lives import case_lives
from shared.contracts.source import Source
from shared.runtime.following import subscribing
from shared.runtime.following.consuming import Consumer
from shared.runtime.following.feed_client import FeedClient
from shared.runtime.following.subscribing import Records, Subscriber
from shared.store.pool import open_pool

PATIENCE = 120.0
NOWHERE = "http://127.0.0.1:9"  # no feed: everything has to come from the topic
INCLUDES = f"{feeding.INTO}; from the first batch on, without the joining of the group"
BARE = "getmany of the same records from all partitions, nothing done with them"


def measure(stage: Stage) -> list[Measure]:
    """The topic on both brokers, then the feed."""
    asyncio.run(histories.prepare_interleaved(stage))
    return [*brokers.on_each(stage, _topic), *feeding.measure(stage)]


def _topic(stage: Stage, broker: Broker) -> list[Measure]:
    before = load()
    source = asyncio.run(_filled(stage, broker))
    samples = rounds(stage, {"ours": subscribed(broker, source), "bare": taken(broker, source)})
    limit = Figure(f"bare aiokafka consumer, {broker.name}", "events/s", BARE, samples["bare"])
    ours = Figure(f"topic to read model, {broker.name}", "events/s", INCLUDES, samples["ours"])
    return [Measure(ours, Bar(rate=15_000), [limit], before)]


async def _filled(stage: Stage, broker: Broker) -> Source:
    source = await broker.topic()
    await relay.relayed(stage, broker, source, histories.INTERLEAVED)
    return source


def subscribed(broker: Broker, source: Source) -> Round:
    """A round in which a new group reads the topic into new tables."""

    async def run(stage: Stage) -> Sample:
        async with (
            stage.server.database("template_log") as database,
            aclosing(FeedClient(NOWHERE, lambda: "")) as feed,
        ):
            pool = await open_pool(database.service)
            consumer = Consumer(pool, case_lives, source, feed, broker.kafka.partitions)
            reader = _Timed(broker, source, consumer, await _number(broker, source))
            working = asyncio.create_task(reader.run(reader.stop))
            try:
                await asyncio.wait_for(reader.stop.wait(), PATIENCE)
            finally:
                reader.stop.set()
                await working
                await pool.close()
        return Sample(reader.taken / (reader.ended - reader.began))

    return run


class _Timed(Subscriber):
    """A subscriber of a group of its own that stops when it has taken so many records."""

    def __init__(self, broker: Broker, source: Source, consumer: Consumer, number: int) -> None:
        super().__init__(f"bench-{uuid4().hex}", source, broker.kafka, [consumer])
        self.stop = asyncio.Event()
        self.began = self.ended = 0.0
        self.taken = 0
        self._number = number

    async def take(self, records: Records) -> None:
        """Take them, and look at the clock before and after."""
        self.began = self.began or time.perf_counter()
        await super().take(records)
        self.ended = time.perf_counter()
        self.taken += len(records)
        if self.taken >= self._number:
            self.stop.set()


def taken(broker: Broker, source: Source) -> Round:
    """A round in which a bare consumer takes the whole topic."""

    async def run(_: Stage) -> Sample:
        async with bare_messages.consumer(broker) as consumer:
            consumer.assign(_parts(broker, source))
            number, found = await _number(broker, source), 0
            began = time.perf_counter()
            while found < number:
                given = await consumer.getmany(timeout_ms=1_000, max_records=subscribing.BATCH)
                found += sum(len(records) for records in given.values())
            return Sample(found / (time.perf_counter() - began))

    return run


async def _number(broker: Broker, source: Source) -> int:
    """How many records the topic holds."""
    async with bare_messages.consumer(broker) as consumer:
        return sum((await consumer.end_offsets(_parts(broker, source))).values())


def _parts(broker: Broker, source: Source) -> list[TopicPartition]:
    return [TopicPartition(source.topic, number) for number in range(broker.kafka.partitions)]

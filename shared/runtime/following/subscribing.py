"""Reading a topic with FastStream: batches of raw records, acknowledged after their effect.

The group carries the id of the cluster: a broker that lost everything comes back with another id,
and a reader that kept its old offsets would stand past the end of the new log, silently, for ever.
Records are taken as bytes; the library drops those whose headers it cannot decode.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from math import nan
from random import uniform
from typing import Any

import structlog
from aiokafka import ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError
from faststream import AckPolicy
from faststream.kafka import KafkaBroker
from faststream.kafka.message import KafkaAckableMessage
from faststream.kafka.subscriber.usecase import BatchSubscriber

from shared.contracts import cloudevents_reading
from shared.contracts.sent import Garbled
from shared.contracts.source import Source
from shared.core import chain
from shared.core.chain import Stretch
from shared.core.interest import Interest
from shared.ops import metrics
from shared.ops.settings import Kafka
from shared.ops.undisturbed import undisturbed
from shared.runtime.following import arriving
from shared.runtime.following.feed_client import FeedUnavailable
from shared.runtime.following.follower import Follower
from shared.runtime.following.standing import standing_of
from shared.runtime.projections.applying import PASSING, Entry
from shared.runtime.publishing import topics
from shared.store.beside import InUse

BATCH = 2_000
BATCH_WAIT_MS = 20
WATCH = 1.0
JOINING = 30.0
STILL = 20.0
PAUSE = 1.0
SESSION_MS = 6_000  # brokers refuse less
START_SECONDS = 60.0
STOP_SECONDS = 20.0
FAULTS = (*PASSING, KafkaError, FeedUnavailable, InUse)

Records = tuple[ConsumerRecord[Any, Any], ...]

log = structlog.get_logger()


class Subscriber:
    """One process's reading of one topic, into all of a service's read models that it feeds."""

    def __init__(
        self, service: str, source: Source, kafka: Kafka, followers: Sequence[Follower]
    ) -> None:
        self._service = service
        self._source = source.only(Interest.of_any(one.interest for one in followers))
        self._kafka = kafka
        self._followers = followers
        self._in_hand = 0
        self._lag = metrics.TOPIC_LAG.labels(service, source.topic)
        self._lag.set(nan)

    async def run(self, stop: asyncio.Event) -> None:
        """Read until told to stop; a fault, or a broker that is another, begins a new session."""
        while not stop.is_set():
            try:
                for follower in self._followers:
                    await follower.prepare()
                await self._catch_up()
                await self._session(stop)
            except FAULTS as fault:
                log.warning("subscriber.interrupted", topic=self._source.topic,
                            fault=type(fault).__name__)  # fmt: skip
            if not stop.is_set():
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), PAUSE)

    async def take(self, records: Records) -> None:
        """Apply a batch, to each follower whatever becomes of it at the others.

        Raises FeedUnavailable, and what the database raises; then none of it is acknowledged.
        """
        stretches, garbled = self._read(records)
        faults: list[Exception] = []
        for follower in self._followers:
            try:
                if garbled:
                    await follower.note_garbled(garbled)
                await follower.take(stretches)
            except Exception as fault:
                name = type(fault).__name__
                log.warning("follower.failed", subscription=follower.name, fault=name)
                faults.append(fault)
        if faults:
            raise faults[0]

    def _read(self, records: Records) -> tuple[list[Stretch[Entry]], list[tuple[bytes, str]]]:
        stretches: list[Stretch[Entry]] = []
        garbled: list[tuple[bytes, str]] = []
        known = self._source.events.classes
        for record in records:
            try:
                message = cloudevents_reading.read_record(record.headers, record.value, known)
                stretches.append(arriving.of_message(self._source, record.partition, message))
            except Garbled as fault:
                garbled.append((_digest(record), str(fault)))
        return chain.joined(stretches), garbled

    async def _catch_up(self) -> None:
        for follower in self._followers:
            try:
                await follower.catch_up()
            except FeedUnavailable as fault:
                log.warning("feed.unavailable", source=self._source.service, reason=str(fault))

    async def _session(self, stop: asyncio.Event) -> None:
        topic = self._source.topic
        cluster = await topics.prepare(self._kafka, topic)
        broker, reader = self._reader(cluster)
        try:
            await asyncio.wait_for(broker.start(), START_SECONDS)
            log.info("subscriber.reads", topic=topic, cluster=cluster)
            await self._watch(reader, cluster, stop)
        finally:
            self._lag.set(nan)
            await asyncio.wait_for(broker.stop(), STOP_SECONDS)

    def _reader(self, cluster: str) -> tuple[KafkaBroker, BatchSubscriber]:
        kafka = self._kafka
        broker = KafkaBroker(
            kafka.servers, request_timeout_ms=topics.REQUEST_MS, apply_types=False, logger=None
        )

        async def raw(records: Records) -> KafkaAckableMessage:
            return KafkaAckableMessage(body=b"", raw_message=records, consumer=reader.consumer)

        reader = broker.subscriber(
            self._source.topic,
            group_id=f"{self._service}.{cluster}",
            batch=True,
            max_records=BATCH,
            batch_timeout_ms=BATCH_WAIT_MS,
            fetch_max_wait_ms=kafka.fetch_wait_ms,
            session_timeout_ms=SESSION_MS,
            heartbeat_interval_ms=SESSION_MS // 3,
            auto_offset_reset="earliest",
            ack_policy=AckPolicy.NACK_ON_ERROR,
            parser=raw,
            decoder=_records,
        )
        reader(self._handle)
        return broker, reader

    async def _handle(self, records: Records) -> None:
        self._in_hand = len(records)
        try:
            with undisturbed():
                await self.take(records)
        except Exception as fault:
            log.warning(
                "batch.failed", topic=self._source.topic, records=len(records),
                fault=type(fault).__name__,
            )  # fmt: skip
            await asyncio.sleep(uniform(0.5, 1.5) * PAUSE)  # it comes again at once
            raise
        finally:
            self._in_hand = 0

    async def _watch(self, reader: BatchSubscriber, cluster: str, stop: asyncio.Event) -> None:
        """Return when told to stop, or when this session cannot go on reading."""
        clock = asyncio.get_running_loop().time
        began = moved_at = clock()
        stood: Mapping[TopicPartition, int] | None = None
        while not stop.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), WATCH)
            if await topics.cluster(self._kafka.servers) != cluster:
                log.warning("subscriber.other_cluster", topic=self._source.topic)
                return
            standing = await standing_of(reader.consumer)
            if not standing.positions and clock() - began < JOINING:
                await self._catch_up()  # whoever read before us keeps its seat for a while
            self._lag.set(standing.lag + self._in_hand if standing.positions else nan)
            if self._in_hand or not standing.lag or standing.positions != stood:
                moved_at, stood = clock(), standing.positions
            if clock() - moved_at > STILL:
                log.warning("subscriber.stands_still", topic=self._source.topic, lag=standing.lag)
                return


async def _records(message: KafkaAckableMessage) -> Records:
    return message.raw_message


def _digest(record: ConsumerRecord[Any, Any]) -> bytes:
    parts = [
        record.key or b"",
        record.value or b"",
        *(repr(pair).encode() for pair in record.headers),
    ]
    return hashlib.sha256(b"\0".join(parts)).digest()

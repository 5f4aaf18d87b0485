"""A reading process: the real subscriber and consumers; only the session with the broker is not."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

from aiokafka.errors import KafkaError

from shared.core.envelope import Recorded
from shared.ops.settings import Kafka
from shared.runtime.following import subscribing
from shared.runtime.following.consuming import Consumer
from shared.runtime.following.feed_client import FeedClient
from shared.runtime.following.subscribing import Subscriber
from shared.runtime.projections.folding import Model
from shared.runtime.publishing import topics
from shared.store.pool import Pool
from tests.shared.simulation.broker import Broker, Record
from tests.shared.simulation.clients import Member
from tests.shared.simulation.database import Connection, Database
from tests.shared.simulation.log import PURSES
from tests.shared.toy.purses import purses

SERVICE = "readers"
MODELS: tuple[Model, ...] = tuple(
    replace(purses, name=name, tally=None, indexes=()) for name in ("one", "other")
)
EMPTY = 0.25


class Reader(Subscriber):
    """Two read models from one topic."""

    def __init__(self, broker: Broker, database: Database, feed: FeedClient, kafka: Kafka) -> None:
        self._broker = broker
        pool = cast(Pool, database)
        consumers = [Consumer(pool, model, PURSES, feed, kafka.partitions) for model in MODELS]
        super().__init__(SERVICE, PURSES, kafka, consumers)

    async def _session(self, stop: asyncio.Event) -> None:
        cluster = await topics.prepare(self._kafka, self._source.topic)
        member = Member(self._broker, f"{SERVICE}.{cluster}")
        reading = asyncio.create_task(self._read_on(member))
        try:
            watched: Any = SimpleNamespace(consumer=member)
            await self._watch(watched, cluster, stop)
        finally:
            reading.cancel()
            member.leave()

    async def _read_on(self, member: Member) -> None:
        """As the library does: a batch that fails comes again."""
        records: Sequence[Record] = ()
        while True:
            try:
                records = await member.fetch()
                if records:
                    await self._handle(tuple(records))
                    await member.commit(records)
                else:
                    await asyncio.sleep(EMPTY)
            except KafkaError:
                await asyncio.sleep(EMPTY)
            except subscribing.FAULTS:
                member.again(records)


class Remembering:
    """In the place of Folding: a row says which positions of its stream it has had."""

    def __init__(self, connection: Any, model: Model) -> None:
        self._connection: Connection = connection
        self._model = model

    async def take(self, events: Sequence[Recorded[Any]], _: object = None) -> None:
        """Every position at once."""
        made = self._connection
        for one in events:
            key = ("row", self._model.name, one.stream_id)
            made.put((*(made.get(*key) or ()), one.position), *key)

    async def write(self) -> None:
        """It is written."""

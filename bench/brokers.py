"""The brokers that messages go through: the embedded one, and Apache Kafka where it can run."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, replace
from uuid import uuid4

from aiokafka.errors import UnknownTopicOrPartitionError

from bench.figures import Measure
from bench.stage import SHORT, Stage
from deploy.kafka.apache import ApacheKafka, available
from deploy.local.broker import EmbeddedBroker
from shared.contracts.grievance import GRIEVANCE
from shared.contracts.source import Source
from shared.ops.settings import Kafka
from shared.runtime.publishing import topics

TRIES, PAUSE = 100, 0.1
FETCH_WAIT_MS = 20  # the embedded broker wakes no waiting fetch


@dataclass(frozen=True)
class Broker:
    """One that runs, with a producer's and a consumer's settings for it."""

    name: str
    kafka: Kafka
    empty: Callable[[], None]

    async def topic(self) -> Source:
        """The case service's contracts on a new topic, which is there as long as the broker."""
        source = replace(GRIEVANCE, topic=f"linli.bench.{uuid4().hex}")
        for _ in range(TRIES):
            with suppress(UnknownTopicOrPartitionError):  # made, but not known everywhere yet
                await topics.prepare(self.kafka, source.topic)
                return source
            await asyncio.sleep(PAUSE)
        raise TimeoutError(f"no topic {source.topic}")

    @asynccontextmanager
    async def passing_topic(self) -> AsyncIterator[Source]:
        """The same, and gone afterwards with all that the broker holds."""
        source = await self.topic()
        try:
            yield source
        finally:
            async with topics.admin(self.kafka.servers) as client:
                await client.delete_topics([source.topic])
            await asyncio.to_thread(self.empty)


def on_each(stage: Stage, bench: Callable[[Stage, Broker], Sequence[Measure]]) -> list[Measure]:
    """The bench on the embedded broker, then on Apache Kafka; says so where that is left out."""
    with embedded(stage) as broker:
        measures = [*bench(stage, broker)]
    missing = "this is a short run" if stage.window == SHORT else available()
    if missing is not None:
        print(f"  Apache Kafka left out: {missing}", flush=True)
        return measures
    with apache(stage) as broker:
        return [*measures, *bench(stage, broker)]


@contextmanager
def embedded(stage: Stage) -> Iterator[Broker]:
    """It holds all in memory and gives nothing back, so it is started anew to be emptied."""
    made = EmbeddedBroker(stage.home.path)

    def empty() -> None:
        made.stop()
        made.start()

    made.start()
    try:
        kafka = Kafka(bootstrap=made.bootstrap, fetch_wait_ms=FETCH_WAIT_MS, idempotent=False)
        yield Broker("embedded broker", kafka, empty)
    finally:
        made.stop()


@contextmanager
def apache(stage: Stage) -> Iterator[Broker]:
    """One broker with its defaults."""
    made = ApacheKafka(stage.home.path / "kafka")
    made.start()
    try:
        yield Broker("Apache Kafka", Kafka(bootstrap=made.bootstrap), lambda: None)
    finally:
        made.stop()

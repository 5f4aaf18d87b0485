"""What freshness is measured against: a message from a bare producer to a bare consumer."""

from __future__ import annotations

import asyncio
from collections import Counter
from itertools import cycle

from aiokafka import AIOKafkaConsumer, TopicPartition

from bench import bare_producer
from bench.brokers import Broker
from bench.figures import Sample
from bench.opened import Arrivals, open_loop
from bench.stage import Round, Stage

DIFFERENT = 1_000
INCLUDES = (
    "as many messages of that kind from memory, acks=all, from the time of one until a consumer in "
    "the same process has it; no database"
)


def received(broker: Broker, rate: int) -> Round:
    """A round of so many messages a second."""

    async def run(stage: Stage) -> Sample:
        source = await broker.topic()
        given = cycle(await bare_producer.records(stage, broker.kafka.partitions, DIFFERENT))
        arrivals, sent = Arrivals(), Counter[int]()
        async with bare_producer.producer(broker) as producer, consumer(broker) as reader:
            reader.assign([TopicPartition(source.topic, n) for n in range(broker.kafka.partitions)])

            async def act(asked: float) -> None:
                number, key, value, headers = next(given)
                arrivals.expect(number, sent[number], asked)  # offsets begin at 0
                sent[number] += 1
                await producer.send(source.topic, value, key, partition=number, headers=headers)

            async def look() -> None:
                while True:
                    for part, records in (await reader.getmany(timeout_ms=1_000)).items():
                        arrivals.reached(part.partition, records[-1].offset)

            looking = asyncio.create_task(look())
            try:
                return await open_loop(stage.window, rate, act, arrivals)
            finally:
                looking.cancel()
                await asyncio.wait([looking])

    return run


def consumer(broker: Broker) -> AIOKafkaConsumer:
    """One without a group, from the beginning of what is assigned to it."""
    kafka = broker.kafka
    return AIOKafkaConsumer(
        bootstrap_servers=kafka.servers, fetch_max_wait_ms=kafka.fetch_wait_ms, group_id=None,
        auto_offset_reset="earliest",
    )  # fmt: skip

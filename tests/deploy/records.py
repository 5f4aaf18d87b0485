"""Records through a broker, by aiokafka."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic


@asynccontextmanager
async def admin(bootstrap: str) -> AsyncIterator[AIOKafkaAdminClient]:
    client = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await client.start()
    try:
        yield client
    finally:
        await client.close()


async def cluster_id(bootstrap: str) -> str:
    async with admin(bootstrap) as client:
        return str((await client.describe_cluster())["cluster_id"])


async def topics(bootstrap: str) -> list[str]:
    async with admin(bootstrap) as client:
        return list(await client.list_topics())


async def make_topic(bootstrap: str, topic: str, *, copies: int = 1) -> None:
    async with admin(bootstrap) as client:
        await client.create_topics([NewTopic(topic, 1, copies)])


async def send(
    bootstrap: str, topic: str, value: bytes, *, idempotent: bool = False, seconds: int = 40
) -> None:
    producer = AIOKafkaProducer(
        bootstrap_servers=bootstrap,
        acks="all",
        enable_idempotence=idempotent,
        request_timeout_ms=seconds * 1_000,
    )
    await producer.start()
    try:
        await producer.send_and_wait(topic, value, partition=0)
    finally:
        await producer.stop()


async def received(bootstrap: str, topic: str) -> list[bytes]:
    """Everything that the topic's only partition holds."""
    place = TopicPartition(topic, 0)
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap, fetch_max_wait_ms=20)
    await consumer.start()
    try:
        end = (await consumer.end_offsets([place]))[place]
        consumer.assign([place])
        await consumer.seek_to_beginning(place)
        found: list[bytes] = []
        while len(found) < end:
            found += [
                r.value for r in (await consumer.getmany(place, timeout_ms=500)).get(place, [])
            ]
        return found
    finally:
        await consumer.stop()

"""Topics: made with their partitions before anyone uses them, and the identity of the broker."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import TopicAlreadyExistsError, for_code

from shared.ops.settings import Kafka, Misconfigured

REQUEST_MS = 15_000  # a first join takes some brokers five seconds
ALREADY_THERE = TopicAlreadyExistsError.errno


@asynccontextmanager
async def admin(servers: Sequence[str]) -> AsyncIterator[AIOKafkaAdminClient]:
    """An admin client. Raises KafkaError when no broker answers."""
    client = AIOKafkaAdminClient(bootstrap_servers=list(servers), request_timeout_ms=REQUEST_MS)
    try:
        await client.start()
        yield client
    finally:
        await client.close()


async def prepare(kafka: Kafka, topic: str) -> str:
    """Make the topic if it does not exist; the cluster's id.

    Raises KafkaError, and Misconfigured when the topic has another number of partitions: streams
    would change theirs, and more partitions is a new topic.
    """
    async with admin(kafka.servers) as client:
        wanted = NewTopic(topic, kafka.partitions, kafka.replicas)
        answer = await client.create_topics([wanted])
        for _, code, *_ in answer.topic_errors:
            if code not in (0, ALREADY_THERE):
                raise for_code(code)
        [described] = await client.describe_topics([topic])
        if described["error_code"]:
            raise for_code(described["error_code"])
        found = len(described["partitions"])
        if found != kafka.partitions:
            raise Misconfigured(
                f"topic {topic} has {found} partitions, LINLI_KAFKA__PARTITIONS says "
                f"{kafka.partitions}"
            )
        return str((await client.describe_cluster())["cluster_id"])


async def cluster(servers: Sequence[str]) -> str:
    """The id of the cluster: another one after it lost everything. Raises KafkaError."""
    async with admin(servers) as client:
        return str((await client.describe_cluster())["cluster_id"])

"""Messages into a topic: a page at a time, in order within each partition, all acknowledged."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from aiokafka import AIOKafkaProducer
from aiokafka.producer.message_accumulator import BatchBuilder

from shared.contracts import cloudevents
from shared.contracts.sent import Message
from shared.ops.settings import Kafka
from shared.runtime.publishing.outbox import Outgoing

BATCH_BYTES = 256 * 1024
REQUEST_BYTES = 1_000_000  # what a broker takes by default
REQUEST_MS = 15_000


class Producer:
    """One topic's producer. After any fault it must be closed and another one opened: what is
    still queued in it must not be sent behind what its successor sends."""

    def __init__(self, kafka: Kafka, topic: str) -> None:
        self._topic = topic
        self._partitions = kafka.partitions
        self._client = client_of(kafka)

    async def open(self) -> None:
        """Connect. Raises KafkaError."""
        await asyncio.wait_for(self._client.start(), 2 * REQUEST_MS / 1000)

    async def aclose(self) -> None:
        """Let go of the connections; what was not acknowledged is dropped."""
        await asyncio.wait_for(self._client.stop(), REQUEST_MS / 1000)

    async def send(self, outgoing: Sequence[Outgoing]) -> None:
        """Return when every message is acknowledged by all replicas in sync.

        Raises KafkaError when one is not; the others may have arrived.
        """
        acknowledged: list[asyncio.Future[object]] = []
        try:
            for number, batch in self._batches(outgoing):
                queued = await self._client.send_batch(batch, self._topic, partition=number)
                acknowledged.append(queued)
        finally:  # all are heard, so that no failure goes unnoticed
            answers = await asyncio.gather(*acknowledged, return_exceptions=True)
        for answer in answers:
            if isinstance(answer, BaseException):
                raise answer

    def _batches(self, outgoing: Sequence[Outgoing]) -> list[tuple[int, BatchBuilder]]:
        made: list[tuple[int, BatchBuilder]] = []
        filling: dict[int, BatchBuilder] = {}
        for number, message in outgoing:
            batch = filling.get(number)
            if batch is None or not _append(batch, message):
                batch = filling[number] = self._client.create_batch()
                made.append((number, batch))
                _append(batch, message)
        return made


def client_of(kafka: Kafka) -> AIOKafkaProducer:
    """A client that has not begun yet; what it sends is acknowledged by all replicas in sync."""
    return AIOKafkaProducer(
        bootstrap_servers=kafka.servers,
        acks="all",
        enable_idempotence=kafka.idempotent,
        max_batch_size=BATCH_BYTES,
        max_request_size=REQUEST_BYTES,
        request_timeout_ms=REQUEST_MS,
    )


def _append(batch: BatchBuilder, message: Message) -> bool:
    """Whether there was room for it."""
    sent = message.sent
    key, value = (None, b"") if sent is None else (str(sent.stream_id).encode(), sent.payload)
    told = cloudevents.headers(message)
    return batch.append(timestamp=None, key=key, value=value, headers=told) is not None

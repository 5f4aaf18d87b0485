"""Checkpoints on a topic of their own: whoever keeps what passes there holds us to it."""

from __future__ import annotations

import asyncio

import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from shared.core.notes import Note
from shared.ops.settings import Kafka
from shared.runtime.publishing import topics
from shared.runtime.publishing.producing import REQUEST_MS, client_of

TOPIC = "linli.seals.v1"

log = structlog.get_logger()


class Announcer:
    """Sends the checkpoints of one log, the latest of them again after a fault."""

    def __init__(self, kafka: Kafka | None, log_name: str) -> None:
        self._kafka = kafka
        self._log = log_name
        self._client: AIOKafkaProducer | None = None

    async def announce(self, note: Note) -> None:
        """Send it; one that cannot be sent is in its folder all the same, and logged here."""
        if self._kafka is None:
            return
        try:
            client = await self._opened(self._kafka)
            await client.send_and_wait(TOPIC, str(note).encode(), self._log.encode(), partition=0)
        except (KafkaError, OSError, TimeoutError) as fault:
            log.warning("seals.not_announced", log=self._log, fault=type(fault).__name__)
            await self.aclose()

    async def aclose(self) -> None:
        """Let go of the connection."""
        client, self._client = self._client, None
        if client is not None:
            await asyncio.wait_for(client.stop(), REQUEST_MS / 1000)

    async def _opened(self, kafka: Kafka) -> AIOKafkaProducer:
        if self._client is None:
            await topics.prepare(kafka, TOPIC)
            client = client_of(kafka)
            await asyncio.wait_for(client.start(), 2 * REQUEST_MS / 1000)
            self._client = client
        return self._client

"""The relay: publishes the contracts of one log, in its order, to its topic.

The log is the outbox. One relay leads at a time; its cursor moves after the acknowledgement, so a
message may be sent twice, and its readers drop what they have had. Every message carries the
position sent before it to its partition, so what is lost on the way is seen.
"""

from __future__ import annotations

import asyncio
from contextlib import aclosing, suppress

import structlog
from aiokafka.errors import KafkaError

from shared.ops import metrics
from shared.ops.settings import Kafka
from shared.ops.undisturbed import undisturbed
from shared.runtime.publishing import outbox, topics
from shared.runtime.publishing.leading import Lease
from shared.runtime.publishing.outbox import Outbox, Page
from shared.runtime.publishing.producing import Producer
from shared.runtime.publishing.publication import Publication
from shared.store import quiet
from shared.store.cursors import CursorMoved
from shared.store.leader import NotLeader
from shared.store.pool import TRANSIENT, Pool

POLL = 0.005
BEAT = 1.0
PAUSE = 1.0
FAULTS = (*TRANSIENT, KafkaError, CursorMoved, NotLeader)

log = structlog.get_logger()


class Relay:
    """Publishes one log for as long as it leads."""

    def __init__(self, pool: Pool, publication: Publication, kafka: Kafka) -> None:
        self._pool = pool
        self._source = publication.source
        self._kafka = kafka
        self._outbox = Outbox(pool, publication, kafka.partitions)
        self._lease = Lease(pool, self._source.log)

    async def run(self, stop: asyncio.Event) -> None:
        """Lead whenever nobody else does, until told to stop; a fault is logged and tried again."""
        while not stop.is_set():
            try:
                if await self._lease.take():
                    await self._lead(stop)
            except FAULTS as fault:
                log.warning("relay.interrupted", log=self._source.log, fault=type(fault).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), PAUSE)
        with suppress(*TRANSIENT):
            await self._lease.leave()

    async def _lead(self, stop: asyncio.Event) -> None:
        await topics.prepare(self._kafka, self._source.topic)
        async with aclosing(Producer(self._kafka, self._source.topic)) as producer:
            await producer.open()
            log.info("relay.leads", log=self._source.log)
            await self._publish(producer, stop)

    async def _publish(self, producer: Producer, stop: asyncio.Event) -> None:
        clock = asyncio.get_running_loop().time
        page, beaten = await self._outbox.first(), 0.0
        while not stop.is_set():
            if page.until.position > page.since.position:
                with undisturbed():
                    page = await self._send(producer, page)
            else:
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), POLL)
                page = await self._outbox.read(page.until, page.after)
            if clock() - beaten > BEAT:
                await self._beat(producer, page)
                beaten = clock()

    async def _send(self, producer: Producer, page: Page) -> Page:
        """Send this page, move the cursor, give the next page.

        Behind a full page it is read meanwhile; behind another it is empty, to be read when the
        last events are in it and not those of a while ago.
        """
        sending = asyncio.create_task(producer.send(page.outgoing))
        try:
            following = page.done
            if page.full:
                following = await self._outbox.read(page.until, page.after)
            await sending
        finally:
            sending.cancel()
        async with self._pool.acquire(timeout=10) as connection, connection.transaction():
            await self._lease.keep(connection)
            await self._outbox.move(connection, page)
        metrics.RELAYED.labels(self._source.topic).inc(len(page.outgoing))
        return following

    async def _beat(self, producer: Producer, page: Page) -> None:
        """Tell every partition how far the log is published, and keep the lease."""
        head, name = page.since.position, self._source.log
        async with self._pool.acquire(timeout=10) as connection, connection.transaction():
            await self._lease.keep(connection)
            at = await quiet.complete(connection, name, head)
        known = at or page.since.recorded_at
        if known is not None:
            await producer.send(outbox.beats(self._outbox.life, head, known, page.before))

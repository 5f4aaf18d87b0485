"""The relay on real brokers: one at a time, in order, sure of what it sent before it goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from aiokafka.record.memory_records import MemoryRecords
from structlog.testing import capture_logs

from shared.contracts.sent import UNPUBLISHABLE
from shared.ops.settings import Kafka
from shared.runtime.following.consuming import Consumer
from shared.runtime.projections.watermarks import Watermarks
from shared.runtime.publishing import outbox, relay
from shared.runtime.publishing.outbox import Outgoing
from shared.runtime.publishing.producing import Producer
from shared.runtime.publishing.publication import Publication
from shared.store import cursors, parked, read
from shared.store.append import append
from shared.store.pool import Connection, Pool
from tests.brokers import Apache
from tests.shared.toy.appending import On, decided
from tests.shared.toy.asking import LOG, NOON
from tests.shared.toy.carried import assert_chained, outgoing
from tests.shared.toy.contracts import PARTITIONS
from tests.shared.toy.events import PurseOpened
from tests.shared.toy.followed import assert_follows, places
from tests.shared.toy.pasts import opened, put, record, record_at_random
from tests.shared.toy.relaying import Relaying
from tests.shared.toy.waiting import running, until

pytestmark = pytest.mark.postgres

# The broker has no part in it: one will do.
on_one_broker = pytest.mark.parametrize("broker", ["embedded"], indirect=True)


async def test_the_chain_holds_across_pages_and_restarts(
    connection: Connection, relaying: Relaying, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "PAGE", 13)
    for seed in range(3):
        await record_at_random(connection, seed, events=100)
        async with running(relaying.relay().run):
            await relaying.published()
    assert_chained(await relaying.sent(), await outgoing(relaying.pool, relaying.publication))


async def test_what_cannot_be_sent_holds_up_nobody(
    connection: Connection, owner: Connection, relaying: Relaying, consumer: Consumer, reading: Pool
) -> None:
    [bad, _] = await record(connection, [opened(), put(5), put(1)], [opened(), put(2)])
    large = PurseOpened(at=NOON, owner="x" * outbox.VALUE_LIMIT, territory="d")
    await append(connection, LOG, [decided(On(bad, 3, [put(1), large, put(3)]))])
    await owner.execute("update event set payload = '{' where stream_id = $1 and version = 2", bad)
    async with running(relaying.relay().run):
        await relaying.published()
    sent = [message.sent for _, message in await relaying.sent() if message.sent]
    assert sorted(one.position for one in sent) == [1, 2, 3, 4, 5, 6, 8]
    assert [one.position for one in sent if one.type == UNPUBLISHABLE] == [2]
    assert [(o.subscription, o.position) for o in await parked.of(connection)] == [("relay", 2)]
    await relaying.into(consumer)
    async with reading.acquire() as there:
        waiting = [(one.position, one.type) for one in await parked.of(there)]
        assert waiting[0] == (2, UNPUBLISHABLE)
        assert [position for position, _ in waiting] == [2, 3, 6, 7, 8]
    await owner.execute("update event set payload = '{\"fen\":5}' where position = 2")
    assert await consumer.replay(bad) == 0
    await assert_follows(reading, relaying.pool)


async def test_what_was_sent_but_not_known_to_be_is_sent_again_and_taken_once(
    connection: Connection,
    relaying: Relaying,
    consumer: Consumer,
    reading: Pool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    acknowledged = asyncio.Event()

    class Dying(Producer):
        async def send(self, messages: Sequence[Outgoing]) -> None:
            await super().send(messages)
            acknowledged.set()
            await asyncio.Event().wait()

    await record_at_random(connection, seed=1, events=100)
    with monkeypatch.context() as patch:
        patch.setattr(relay, "Producer", Dying)
        async with running(relaying.relay().run) as killed:
            await asyncio.wait_for(acknowledged.wait(), 20)
            killed.cancel()
    assert (await cursors.read(connection, ["relay"], LOG))["relay"].position == 0
    await connection.execute("update leader set until = clock_timestamp()")
    async with running(relaying.relay().run):
        await relaying.published()
    sent = [message.position for _, message in await relaying.sent() if message.sent]
    assert sorted(sent) == sorted([*range(1, 101)] * 2)
    await relaying.into(consumer)
    await assert_follows(reading, relaying.pool)


@on_one_broker
async def test_an_idle_log_is_known_to_be_quiet(
    connection: Connection, relaying: Relaying, consumer: Consumer, reading: Pool
) -> None:
    await record_at_random(connection, seed=8, events=20)
    [*_, last] = await read.page(connection, LOG, 0, 20)
    known: list[datetime] = [last["recorded_at"]]

    async def known_later() -> bool:
        await relaying.into(consumer)
        mark = await Watermarks(reading, LOG).of("purses")
        if mark.position < 20 or mark.recorded_at is None or mark.recorded_at <= known[-1]:
            return False
        known.append(mark.recorded_at)
        return True

    async with running(relaying.relay().run):
        await relaying.published()
        for _ in range(3):
            await until(known_later)
    assert datetime.now(UTC) - known[-1] < timedelta(seconds=10)
    assert await places(reading) == dict.fromkeys(range(PARTITIONS), 20)
    await _assert_beats(relaying)


async def _assert_beats(relaying: Relaying) -> None:
    sent = await relaying.sent()
    assert_chained(sent, await outgoing(relaying.pool, relaying.publication))
    for number in range(PARTITIONS):
        beats = [message for where, message in sent if where == number and not message.sent]
        idle = [message for message in beats if message.position == 20]
        assert len(idle) >= 3
        pauses = [(two.at - one.at).total_seconds() for one, two in pairwise(idle)]
        assert min(pauses) >= 0.9 * relay.BEAT


@on_one_broker
async def test_a_relay_waits_for_its_broker(
    connection: Connection, pool: Pool, publication: Publication, kafka: Kafka
) -> None:
    await record(connection, [opened(), put(5)])
    nobody = kafka.model_copy(update={"bootstrap": "127.0.0.1:1"})
    relaying = Relaying(pool, publication, nobody)
    with capture_logs() as logs:
        async with running(relaying.relay().run) as waiting:

            async def tried() -> bool:
                return [one["event"] for one in logs].count("relay.interrupted") >= 2

            await until(tried)
            assert not waiting.done()
    async with running(Relaying(pool, publication, kafka).relay().run):
        await relaying.published()


async def test_apache_kafka_is_given_an_idempotent_producer(
    connection: Connection,
    pool: Pool,
    publication: Publication,
    apache_kafka: Apache,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    kafka = Kafka(bootstrap=apache_kafka.bootstrap, partitions=PARTITIONS)
    await record_at_random(connection, seed=9, events=100)
    relaying = Relaying(pool, publication, kafka)
    async with running(relaying.relay().run):
        await relaying.published()
    segments = f"kafka[0-9]*/**/{publication.source.topic}-*/*.log"
    files = [*tmp_path_factory.getbasetemp().glob(segments)]
    assert len(files) == PARTITIONS
    assert min(set().union(*map(_producers, files))) >= 0


def _producers(file: Path) -> set[int]:
    """The ids of those who wrote a segment; -1 is one that is not idempotent."""
    records, found = MemoryRecords(file.read_bytes()), set[int]()
    while records.has_next():
        found.add(records.next_batch().producer_id)
    return found

"""What real topics lose, or never had, their readers find in the feed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from aiokafka import TopicPartition
from aiokafka.admin import RecordsToDelete
from aiokafka.errors import KafkaError
from prometheus_client import REGISTRY

from shared.ops.settings import Kafka
from shared.runtime.following.consuming import Consumer
from shared.runtime.publishing import outbox, relay, topics
from shared.runtime.publishing.outbox import Outgoing
from shared.runtime.publishing.producing import Producer
from shared.runtime.publishing.publication import Publication
from shared.store.pool import Connection, Pool
from tests.brokers import Broker
from tests.shared.conftest import settings_of
from tests.shared.toy.followed import assert_follows
from tests.shared.toy.pasts import record_at_random
from tests.shared.toy.relaying import Relaying
from tests.shared.toy.waiting import running

pytestmark = pytest.mark.postgres


def gaps() -> float:
    """How many have been closed in this process."""
    return REGISTRY.get_sample_value("linli_gaps_total", {"subscription": "purses"}) or 0.0


@pytest.mark.parametrize("known", [False, True], ids=["unnoticed", "noticed"])
async def test_a_batch_that_failed_while_the_next_one_was_on_its_way(
    known: bool,
    connection: Connection,
    relaying: Relaying,
    consumer: Consumer,
    reading: Pool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Losing(Producer):
        """Loses the first batch of a partition, and says so or not."""

        lost = False

        async def send(self, messages: Sequence[Outgoing]) -> None:
            if Losing.lost or not [one for one in messages if one[1].sent]:
                return await super().send(messages)
            Losing.lost = True
            victims = [one for one in messages if one[0] == messages[0][0]]
            await super().send([one for one in messages if one not in victims])
            await super().send(victims[(len(victims) + 1) // 2 :])
            if known:
                raise KafkaError
            return None

    monkeypatch.setattr(outbox, "PAGE", 40)
    monkeypatch.setattr(relay, "Producer", Losing)
    await record_at_random(connection, seed=1, events=200)
    async with running(relaying.relay().run):
        await relaying.published()
    sent = [message.position for _, message in await relaying.sent() if message.sent]
    assert known == (set(sent) == set(range(1, 201)))
    before = gaps()
    await relaying.into(consumer)
    assert gaps() == before + 1
    await assert_follows(reading, relaying.pool)


async def test_a_topic_that_has_forgotten_its_beginning(
    connection: Connection,
    pool: Pool,
    publication: Publication,
    apache_kafka: Broker,
    consumer: Consumer,
    reading: Pool,
) -> None:
    relaying = Relaying(pool, publication, settings_of(apache_kafka))
    await record_at_random(connection, seed=2, events=100)
    async with running(relaying.relay().run):
        await relaying.published()
    await _forget(relaying.kafka, publication.source.topic, await relaying.topic())
    await record_at_random(connection, seed=3, events=100)
    async with running(relaying.relay().run):
        await relaying.published()
    sent = [message.position for _, message in await relaying.sent() if message.sent]
    assert sorted(sent) == list(range(101, 201))
    await relaying.into(consumer)
    await assert_follows(reading, pool)


async def _forget(kafka: Kafka, topic: str, records: Iterable[Any]) -> None:
    ends = {one.partition: one.offset + 1 for one in records}
    async with topics.admin(kafka.servers) as client:
        await client.delete_records(
            {
                TopicPartition(topic, n): RecordsToDelete(before_offset=end)
                for n, end in ends.items()
            }
        )


async def test_a_lost_tail_is_found_by_the_next_heartbeat_of_a_real_relay(
    connection: Connection, relaying: Relaying, consumer: Consumer, reading: Pool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    class Deaf(Producer):
        """Takes events and loses them; heartbeats arrive."""

        async def send(self, messages: Sequence[Outgoing]) -> None:
            await super().send([one for one in messages if one[1].sent is None])

    monkeypatch.setattr(relay, "Producer", Deaf)
    await record_at_random(connection, seed=7, events=100)
    async with running(relaying.relay().run):
        await relaying.published()
    assert [message for _, message in await relaying.sent() if message.sent] == []
    await relaying.into(consumer)
    await assert_follows(reading, relaying.pool)

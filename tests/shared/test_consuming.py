"""Contracts of another service into a read model: once each, in order, a batch whole or not."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Any
from uuid import uuid4

import pytest

from shared.core.projection import ReadModel
from shared.runtime.following import feed_client
from shared.runtime.following.consuming import Consumer
from shared.runtime.following.feed_client import FeedClient, FeedUnavailable
from shared.runtime.projections.watermarks import Watermarks
from shared.runtime.publishing.outbox import Outgoing
from shared.runtime.publishing.publication import Publication
from shared.store import parked
from shared.store.pool import Connection, Pool
from tests.shared.toy import contracts
from tests.shared.toy.asking import LOG
from tests.shared.toy.carried import outgoing, records, take
from tests.shared.toy.contracts import PARTITIONS
from tests.shared.toy.followed import assert_follows, places
from tests.shared.toy.pasts import opened, put, record_at_random
from tests.shared.toy.pasts import record as record_past
from tests.shared.toy.purses import purses
from tests.shared.toy.served import Served
from tests.shared.toy.tables import rows

pytestmark = pytest.mark.postgres


def batches(sent: Sequence[Outgoing], random: Random) -> list[list[Outgoing]]:
    """Bad days: batches that are cut anywhere, doubled, out of order, from long ago, or lost."""
    made: list[list[Outgoing]] = []
    start = 0
    while start < len(sent):
        size = random.randrange(1, 40)
        batch = list(sent[start : start + size])
        start += size
        if random.random() < 0.3:
            random.shuffle(batch)
        if random.random() < 0.2:
            batch = [one for one in batch if random.random() < 0.7]
        made += [batch] * random.choice((1, 1, 1, 10))
        if random.random() < 0.3:
            made.append(random.choice(made))
    return [*made, made[0], list(sent[-30:])]


async def test_what_a_topic_brings_becomes_rows_and_tallies(
    connection: Connection,
    pool: Pool,
    reading: Pool,
    publication: Publication,
    consumer: Consumer,
    served: Served,
) -> None:
    await record_at_random(connection, seed=1)
    await take(publication.source, [consumer], records(await outgoing(pool, publication)))
    await assert_follows(reading, pool)
    assert served.asked == 0, "nothing was missing"
    assert max((await places(reading)).values()) == 300
    assert (await Watermarks(reading, LOG).of("purses")).position == min(
        (await places(reading)).values()
    )


async def test_what_is_of_another_log_is_noted_once_and_not_taken(
    connection: Connection, pool: Pool, reading: Pool, publication: Publication, consumer: Consumer
) -> None:
    await record_past(connection, [opened(), put(5)])
    strange = [
        (number, message._replace(log="other"))
        for number, message in await outgoing(pool, publication)
    ]
    for _ in range(2):
        await take(publication.source, [consumer], records(strange))
    assert set((await places(reading)).values()) == {0}
    noted = await reading.fetch(parked.GARBLED_ALL)
    assert len(noted) == len(strange) == 2


async def test_a_type_that_nobody_here_knows_is_passed_over(
    connection: Connection, pool: Pool, reading: Pool, publication: Publication, feed: FeedClient
) -> None:
    known = {name: cls for name, cls in contracts.CONTRACTS.classes.items() if name != "money-put"}
    narrow = contracts.source(publication.source.topic, replace(contracts.CONTRACTS, classes=known))
    consumer = Consumer(reading, purses, narrow, feed, PARTITIONS)
    await consumer.prepare()
    [key] = await record_past(connection, [opened(), put(5), opened("d/s2")])
    await take(narrow, [consumer], records(await outgoing(pool, publication)))
    async with reading.acquire() as there:
        [row] = await rows(there)
        assert (row[0], row[2], row[3]) == (key, "d/s2", 0)
        assert await parked.of(there) == []
    assert max((await places(reading)).values()) == 3


async def test_who_waits_for_a_feed_holds_up_no_other_read_model(
    connection: Connection,
    pool: Pool,
    reading: Pool,
    publication: Publication,
    consumer: Consumer,
    feed: FeedClient,
    served: Served,
) -> None:
    await record_at_random(connection, seed=6, events=50)
    early = records(await outgoing(pool, publication))
    await record_at_random(connection, seed=7, events=50)
    late = records(await outgoing(pool, publication))[50:]
    new: ReadModel[Any, Any] = replace(purses, name="new_purses", tally=None)
    newcomer = Consumer(reading, new, publication.source, feed, PARTITIONS)
    await newcomer.prepare()
    await take(publication.source, [consumer], early)
    await served.down()
    with pytest.raises(FeedUnavailable):
        await take(publication.source, [newcomer, consumer], late)
    await assert_follows(reading, pool)
    assert set((await places(reading, "new_purses")).values()) == {0}
    await served.up()
    await take(publication.source, [newcomer, consumer], late)
    async with reading.acquire() as there:
        assert await rows(there, "new_purses") == await rows(there)


async def test_many_processes_that_start_at_once_make_the_tables_once(
    reading: Pool, publication: Publication, feed: FeedClient
) -> None:
    made = [Consumer(reading, purses, publication.source, feed, PARTITIONS) for _ in range(4)]
    await asyncio.gather(*(one.prepare() for one in made))
    assert await places(reading) == dict.fromkeys(range(PARTITIONS), 0)


async def test_a_start_takes_what_the_feed_has_past_the_place_that_is_furthest_behind(
    connection: Connection,
    pool: Pool,
    reading: Pool,
    publication: Publication,
    consumer: Consumer,
) -> None:
    await record_at_random(connection, seed=8)
    sent = await outgoing(pool, publication)
    await take(publication.source, [consumer], records([one for one in sent[:200] if one[0] == 1]))
    await consumer.catch_up()
    await assert_follows(reading, pool)
    assert await places(reading) == dict.fromkeys(range(PARTITIONS), 300)
    await take(publication.source, [consumer], records(sent))
    await assert_follows(reading, pool)
    await consumer.catch_up()
    await assert_follows(reading, pool)


async def test_a_feed_that_is_cut_off_each_time_is_taken_bit_by_bit(
    connection: Connection,
    pool: Pool,
    reading: Pool,
    consumer: Consumer,
    served: Served,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await record_at_random(connection, seed=8)
    monkeypatch.setattr(feed_client, "CHUNK", 1_000)
    served.limit = 20_000
    reached = 0
    for _ in range(2):
        with pytest.raises(FeedUnavailable):
            await consumer.catch_up()
        now = min((await places(reading)).values())
        assert now > reached
        reached = now
    served.limit = None
    await consumer.catch_up()
    await assert_follows(reading, pool)


async def test_a_batch_of_nothing_is_nothing(
    reading: Pool, publication: Publication, consumer: Consumer
) -> None:
    await take(publication.source, [consumer], [])
    assert set((await places(reading)).values()) == {0}
    assert await consumer.stream(uuid4()) == {}

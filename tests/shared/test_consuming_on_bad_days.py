"""Batches that come twice, late, at once or half: every contract is still taken once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from random import Random
from typing import Any

import pytest

from shared.contracts.sent import Message
from shared.core.chain import Place
from shared.runtime.following.consuming import Consumer
from shared.runtime.following.feed_client import FeedClient
from shared.runtime.projections.watermarks import Watermarks
from shared.runtime.publishing.outbox import Outgoing
from shared.runtime.publishing.publication import Publication
from shared.store import cursors
from shared.store.cursors import CursorMoved, Reading
from shared.store.pool import Connection, Pool
from tests.shared.toy.asking import LOG
from tests.shared.toy.carried import outgoing, record, records, take
from tests.shared.toy.contracts import PARTITIONS
from tests.shared.toy.followed import assert_follows, places
from tests.shared.toy.pasts import record_at_random
from tests.shared.toy.purses import purses
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


@pytest.mark.parametrize("seed", range(3))
async def test_on_bad_days_every_event_is_taken_once(
    seed: int,
    connection: Connection,
    pool: Pool,
    reading: Pool,
    publication: Publication,
    consumer: Consumer,
) -> None:
    await record_at_random(connection, seed)
    sent, standing = await outgoing(pool, publication), dict.fromkeys(range(PARTITIONS), 0)
    for batch in batches(sent, Random(seed)):
        await take(publication.source, [consumer], records(batch))
        reached = await places(reading)
        assert all(reached[number] >= standing[number] for number in reached)
        standing = reached
    await assert_follows(reading, pool)


async def test_what_came_days_ago_changes_nothing(
    connection: Connection, pool: Pool, reading: Pool, publication: Publication, consumer: Consumer
) -> None:
    await record_at_random(connection, seed=2, events=50)
    old = records(await outgoing(pool, publication))
    await record_at_random(connection, seed=3, events=50)
    await take(publication.source, [consumer], records(await outgoing(pool, publication)))
    standing = await places(reading)
    for _ in range(3):
        await take(publication.source, [consumer], old)
    assert await places(reading) == standing
    await assert_follows(reading, pool)


async def test_two_processes_that_take_the_same_take_turns(
    connection: Connection,
    pool: Pool,
    reading: Pool,
    publication: Publication,
    consumer: Consumer,
    feed: FeedClient,
) -> None:
    other = Consumer(reading, purses, publication.source, feed, PARTITIONS)
    await other.prepare()
    await record_at_random(connection, seed=4)
    sent = await outgoing(pool, publication)
    random = Random(4)
    both = [batches(sent, random) for _ in range(2)]

    async def take_all(one: Consumer, share: Sequence[Sequence[Outgoing]]) -> None:
        for batch in share:
            await take(publication.source, [one], records(batch))

    await asyncio.gather(take_all(consumer, both[0]), take_all(other, both[1]))
    await assert_follows(reading, pool)


async def test_a_batch_that_fails_half_way_leaves_nothing(
    connection: Connection,
    pool: Pool,
    reading: Pool,
    publication: Publication,
    consumer: Consumer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await record_at_random(connection, seed=5, events=50)
    sent = records(await outgoing(pool, publication))
    advance = cursors.advance

    async def crashed(*about: Any) -> None:
        await advance(*about)
        raise ConnectionResetError

    with monkeypatch.context() as patch:
        patch.setattr(cursors, "advance", crashed)
        with pytest.raises(ConnectionResetError):
            await take(publication.source, [consumer], sent)
    async with reading.acquire() as there:
        assert await rows(there) == await rows(there, "purse_count") == []
    assert await places(reading) == dict.fromkeys(range(PARTITIONS), 0)
    await take(publication.source, [consumer], sent)
    await assert_follows(reading, pool)


async def test_a_place_that_another_has_moved_is_not_moved(reading: Pool, topic: str) -> None:
    about = Reading("purses", LOG, 1, topic)
    async with reading.acquire() as there:
        await cursors.begin_partitions(there, about, PARTITIONS)
        at_0 = await cursors.places(there, about)
        await cursors.advance(there, about, at_0, {0: Place(5), 1: Place(6)})
        async with there.transaction():
            with pytest.raises(CursorMoved):
                await cursors.advance(there, about, at_0, {1: Place(7), 2: Place(7)})
    assert await places(reading) == {0: 5, 1: 6, 2: 7}, "its transaction is the caller's"


async def test_a_heartbeat_from_long_ago_takes_nothing_back(
    connection: Connection, pool: Pool, reading: Pool, publication: Publication, consumer: Consumer
) -> None:
    await record_at_random(connection, seed=9, events=50)
    sent = await outgoing(pool, publication)
    await take(publication.source, [consumer], records(sent))
    standing = await places(reading)
    mark = await Watermarks(reading, LOG).of("purses")
    at = sent[0][1].at
    further = [number for number, position in standing.items() if position > 10]
    assert further, "streams fall into partitions by their ids"
    old = [(number, Message(LOG, 1, 10, 9, at, None)) for number in further]
    await take(publication.source, [consumer], map(record, old))
    assert await places(reading) == standing
    assert await Watermarks(reading, LOG).of("purses") == mark

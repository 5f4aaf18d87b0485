"""Read models of another log that lost its tail, on days when that is not all that happens."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from structlog.testing import capture_logs

from shared.core.births import Fork
from shared.core.projection import ReadModel
from shared.runtime.following.consuming import Consumer
from shared.runtime.following.fed import Fed
from shared.runtime.following.feed_client import FeedClient, FeedUnavailable, OtherEpoch
from shared.runtime.publishing.publication import Publication
from shared.store import epochs, parked, read
from shared.store.pool import Connection, Pool
from tests.shared.toy.asking import LOG
from tests.shared.toy.carried import outgoing, records, take
from tests.shared.toy.contracts import PARTITIONS
from tests.shared.toy.followed import assert_follows, places
from tests.shared.toy.pasts import opened, put, record, record_at_random
from tests.shared.toy.poison import TOO_LARGE
from tests.shared.toy.purses import purses
from tests.shared.toy.restored import Brought, Owner, crossed, cut, happen, restored
from tests.shared.toy.tables import rows

pytestmark = pytest.mark.postgres

TERRITORY = """update event set payload = jsonb_set(
    convert_from(payload, 'utf8')::jsonb, '{territory}', to_jsonb($2::text))::text::bytea
    where stream_id = $1 and version = 1"""


async def test_all_of_it_twice_for_one_who_was_there_and_one_who_slept(
    connection: Connection,
    owner: Owner,
    pool: Pool,
    reading: Pool,
    publication: Publication,
    consumer: Consumer,
    feed: FeedClient,
    brought: Brought,
) -> None:
    slept: ReadModel[Any, Any] = replace(purses, name="slept", tally=None)
    sleeper = Consumer(reading, slept, publication.source, feed, PARTITIONS)
    await sleeper.prepare()
    await record_at_random(connection, seed=13)
    await brought(consumer, sleeper)
    await restored(owner, 200)
    await record_at_random(connection, seed=14, events=150)
    await brought(consumer)
    await assert_follows(reading, pool)
    await restored(owner, 250)
    await record_at_random(connection, seed=15, events=30)
    await brought(consumer, sleeper)
    await assert_follows(reading, pool)
    async with reading.acquire() as there:
        assert await rows(there, "slept") == await rows(there)
    assert await crossed(reading) == [Fork(2, 200), Fork(3, 250)]
    assert await crossed(reading, "slept") == [Fork(3, 200)]


async def test_two_processes_that_learn_of_it_at_once_do_it_once(
    connection: Connection,
    owner: Owner,
    pool: Pool,
    reading: Pool,
    publication: Publication,
    consumer: Consumer,
    feed: FeedClient,
    brought: Brought,
) -> None:
    others = [Consumer(reading, purses, publication.source, feed, PARTITIONS) for _ in range(2)]
    await record_at_random(connection, seed=16)
    await brought(consumer)
    await restored(owner, 100)
    await record_at_random(connection, seed=17, events=50)
    with capture_logs() as logs:
        await asyncio.gather(*(brought(one) for one in (consumer, *others)))
        stood = await places(reading)
        await others[0].cross(OtherEpoch(1, Fork(2, 100)))  # it had asked before the others came
    assert await places(reading) == stood
    assert [one["event"] for one in logs].count("epoch.entered") == 1
    await assert_follows(reading, pool)


async def test_an_epoch_that_the_feed_does_not_know_is_not_followed(
    connection: Connection,
    pool: Pool,
    reading: Pool,
    publication: Publication,
    consumer: Consumer,
) -> None:
    await record(connection, [opened(), put(5)])
    sent = await outgoing(pool, publication)
    strange = [(number, one._replace(epoch=9)) for number, one in sent]
    await take(publication.source, [consumer], records([*strange, *sent]))
    await assert_follows(reading, pool)
    assert await crossed(reading) == []


async def test_a_log_that_was_restored_and_not_raised_is_not_read(
    connection: Connection,
    owner: Owner,
    pool: Pool,
    reading: Pool,
    consumer: Consumer,
    brought: Brought,
) -> None:
    await record_at_random(connection, seed=18, events=100)
    await restored(owner, 50)
    await record_at_random(connection, seed=19, events=50)
    await brought(consumer)
    stood = await places(reading)
    await cut(owner, 40)
    await owner.execute("delete from log_epoch where epoch = 2")  # a copy from before
    await record_at_random(connection, seed=20, events=90)
    with pytest.raises(FeedUnavailable):
        await consumer.catch_up()
    assert await places(reading) == stood
    await epochs.raise_epoch(owner, LOG, 40, "restored again", number=3)
    await consumer.catch_up()
    await assert_follows(reading, pool)
    assert await crossed(reading) == [Fork(2, 50), Fork(3, 40)]


async def test_what_was_parked_is_parked_again_as_of_the_fork(
    connection: Connection,
    owner: Owner,
    reading: Pool,
    consumer: Consumer,
    brought: Brought,
) -> None:
    [good, bad] = await record(connection, [opened(), put(1)], [opened("d/s2"), put(2)])
    await owner.execute(TERRITORY, bad, "d" * 900_000)
    await happen(connection, good, put(10))
    await happen(connection, bad, put(20), put(30))
    await consumer.catch_up()
    await restored(owner, 5)
    await happen(connection, good, put(100))
    await happen(connection, bad, put(200))
    with capture_logs() as logs:
        await brought(consumer)
    assert "rebuild.page_by_page" in [one["event"] for one in logs]
    async with reading.acquire() as there:
        waiting = [(one.stream_id, one.position, one.reason) for one in await parked.of(there)]
        kept = [(row[0], row[3]) for row in await rows(there)]
        head = await read.head(connection, LOG)
    assert [position for _, position, _ in waiting] == [3, 4, 7]
    assert head == 7
    assert waiting[0] == (bad, 3, TOO_LARGE)
    assert {stream for stream, *_ in waiting} == {bad}
    assert kept == [(good, 111)]


async def test_a_rebuild_by_hand_does_not_outlive_the_epoch_it_began_in(
    connection: Connection,
    owner: Owner,
    pool: Pool,
    reading: Pool,
    consumer: Consumer,
) -> None:
    await record_at_random(connection, seed=21, events=100)
    await consumer.catch_up()
    await restored(owner, 50)
    with pytest.raises(FeedUnavailable):
        await consumer.rebuild()
    await consumer.catch_up()
    begun_before = Fed(reading, purses, consumer, 1)
    async with reading.acquire() as there:
        with pytest.raises(FeedUnavailable):
            await begun_before.live(there)
    assert (await consumer.rebuild()).differences == 0
    await assert_follows(reading, pool)

"""Read models of another log that lost its tail: whoever had taken what is lost is built anew."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest
from structlog.testing import capture_logs

from shared.core.births import Fork
from shared.core.chain import Place
from shared.core.projection import ReadModel
from shared.runtime.following.consuming import Consumer
from shared.runtime.following.feed_client import FeedClient, FeedUnavailable
from shared.runtime.publishing import outbox
from shared.runtime.publishing.publication import Publication
from shared.store import epochs, parked, read
from shared.store.pool import Connection, Pool
from tests.shared.toy.asking import LIFE, LOG
from tests.shared.toy.carried import outgoing, records, take
from tests.shared.toy.contracts import PARTITIONS
from tests.shared.toy.followed import assert_follows, places
from tests.shared.toy.pasts import opened, put, record, record_at_random
from tests.shared.toy.poison import TOO_LARGE
from tests.shared.toy.purses import purses
from tests.shared.toy.restored import Owner, crossed, cut, happen, restored
from tests.shared.toy.served import Served
from tests.shared.toy.tables import rows

pytestmark = pytest.mark.postgres

REBUILT = "select to_regclass('read_old.purses') is not null"
TERRITORY = """update event set payload = jsonb_set(
    convert_from(payload, 'utf8')::jsonb, '{territory}', to_jsonb($2::text))::text::bytea
    where stream_id = $1 and version = 1"""


async def rebuilt(reading: Pool) -> bool:
    """Whether the tables have taken the place of others."""
    return bool(await reading.fetchval(REBUILT))


@pytest.fixture
def topic_into(pool: Pool, publication: Publication) -> Callable[..., Awaitable[None]]:
    """Everything that the log tells, in the epoch that it is in, into a reader."""

    async def brought(*readers: Consumer) -> None:
        await take(publication.source, readers, records(await outgoing(pool, publication)))

    return brought


Into = Callable[..., Awaitable[None]]


async def test_whoever_went_past_the_fork_is_built_anew_and_never_seen_empty(
    connection: Connection,
    owner: Owner,
    pool: Pool,
    reading: Pool,
    consumer: Consumer,
    topic_into: Into,
) -> None:
    await record_at_random(connection, seed=1)
    await topic_into(consumer)
    seen: list[int] = []

    async def look() -> None:
        while True:
            seen.append(await reading.fetchval("select count(*) from read.purses"))

    await restored(owner, 200)
    await record_at_random(connection, seed=2, events=100)
    looking = asyncio.create_task(look())
    await topic_into(consumer)
    looking.cancel()
    await assert_follows(reading, pool)
    assert max((await places(reading)).values()) == 300
    assert await rebuilt(reading)
    assert await crossed(reading) == [Fork(2, 200)]
    assert min(seen) > 0


async def test_whoever_stands_at_or_before_the_fork_goes_on(
    connection: Connection,
    owner: Owner,
    pool: Pool,
    reading: Pool,
    publication: Publication,
    consumer: Consumer,
    topic_into: Into,
) -> None:
    await record_at_random(connection, seed=3)
    sent = [one for one in await outgoing(pool, publication) if one[1].position <= 200]
    await take(publication.source, [consumer], records(sent))
    assert 0 < min((await places(reading)).values()) <= max((await places(reading)).values()) == 200
    await restored(owner, 200)
    await record_at_random(connection, seed=4, events=100)
    await topic_into(consumer)
    await assert_follows(reading, pool)
    assert not await rebuilt(reading)
    assert await crossed(reading) == [Fork(2, 200)]


async def test_one_partition_past_the_fork_is_enough(
    connection: Connection,
    owner: Owner,
    pool: Pool,
    reading: Pool,
    publication: Publication,
    consumer: Consumer,
    topic_into: Into,
) -> None:
    await record_at_random(connection, seed=5)
    sent = [one for one in await outgoing(pool, publication) if one[0] == 1]
    await take(publication.source, [consumer], records(sent))
    await restored(owner, 200)
    await topic_into(consumer)
    await assert_follows(reading, pool)
    assert await rebuilt(reading)


async def test_a_heartbeat_is_enough_to_learn_of_it(
    connection: Connection,
    owner: Owner,
    pool: Pool,
    reading: Pool,
    publication: Publication,
    consumer: Consumer,
    topic_into: Into,
) -> None:
    await record_at_random(connection, seed=6, events=100)
    sent = await outgoing(pool, publication)
    await topic_into(consumer)
    await restored(owner, 50)
    nothing = dict.fromkeys(range(PARTITIONS), Place(0))
    beats = outbox.beats(LIFE._replace(epoch=2), 50, sent[0][1].at, nothing)
    await take(publication.source, [consumer], records(beats))
    await assert_follows(reading, pool)
    assert await places(reading) == dict.fromkeys(range(PARTITIONS), 50)


async def test_a_start_learns_of_it_from_the_feed(
    connection: Connection, owner: Owner, pool: Pool, reading: Pool, consumer: Consumer
) -> None:
    await record_at_random(connection, seed=7)
    await consumer.catch_up()
    await restored(owner, 200)
    await record_at_random(connection, seed=8, events=150)
    await consumer.prepare()
    await consumer.catch_up()
    await assert_follows(reading, pool)
    assert await places(reading) == dict.fromkeys(range(PARTITIONS), 350)


async def test_what_is_late_of_an_earlier_epoch_changes_nothing(
    connection: Connection,
    owner: Owner,
    pool: Pool,
    reading: Pool,
    publication: Publication,
    consumer: Consumer,
    topic_into: Into,
    served: Served,
) -> None:
    await record_at_random(connection, seed=9)
    old = await outgoing(pool, publication)
    await topic_into(consumer)
    await restored(owner, 200)
    await record_at_random(connection, seed=10, events=50)
    await topic_into(consumer)
    stood, asked = await places(reading), served.asked
    late = [(n, one._replace(position=one.position + 900, previous=900)) for n, one in old]
    await take(publication.source, [consumer], records([*old, *late]))
    assert await places(reading) == stood
    assert served.asked == asked
    await assert_follows(reading, pool)
    assert await reading.fetch(parked.GARBLED_ALL) == []


async def test_a_batch_that_holds_both_epochs_ends_in_the_new_one(
    connection: Connection,
    owner: Owner,
    pool: Pool,
    reading: Pool,
    publication: Publication,
    consumer: Consumer,
) -> None:
    await record_at_random(connection, seed=11)
    old = await outgoing(pool, publication)
    await take(publication.source, [consumer], records(old[:90]))
    await restored(owner, 200)
    await record_at_random(connection, seed=12, events=50)
    new = [one for one in await outgoing(pool, publication) if one[1].position > 200]
    await take(publication.source, [consumer], records([*old[90:], *new]))
    await assert_follows(reading, pool)


async def test_all_of_it_twice_for_one_who_was_there_and_one_who_slept(
    connection: Connection,
    owner: Owner,
    pool: Pool,
    reading: Pool,
    publication: Publication,
    consumer: Consumer,
    feed: FeedClient,
    topic_into: Into,
) -> None:
    slept: ReadModel[Any, Any] = replace(purses, name="slept", tally=None)
    sleeper = Consumer(reading, slept, publication.source, feed, PARTITIONS)
    await sleeper.prepare()
    await record_at_random(connection, seed=13)
    await topic_into(consumer, sleeper)
    await restored(owner, 200)
    await record_at_random(connection, seed=14, events=150)
    await topic_into(consumer)
    await assert_follows(reading, pool)
    await restored(owner, 250)
    await record_at_random(connection, seed=15, events=30)
    await topic_into(consumer, sleeper)
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
    topic_into: Into,
) -> None:
    others = [Consumer(reading, purses, publication.source, feed, PARTITIONS) for _ in range(2)]
    await record_at_random(connection, seed=16)
    await topic_into(consumer)
    await restored(owner, 100)
    await record_at_random(connection, seed=17, events=50)
    with capture_logs() as logs:
        await asyncio.gather(*(topic_into(one) for one in (consumer, *others)))
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
    topic_into: Into,
) -> None:
    await record_at_random(connection, seed=18, events=100)
    await restored(owner, 50)
    await record_at_random(connection, seed=19, events=50)
    await topic_into(consumer)
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
    topic_into: Into,
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
        await topic_into(consumer)
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
    assert (await consumer.rebuild()).differences == 0
    await assert_follows(reading, pool)

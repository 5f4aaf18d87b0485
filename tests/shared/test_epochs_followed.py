"""Read models of another log that lost its tail: whoever had taken what is lost is built anew."""

from __future__ import annotations

import asyncio

import pytest

from shared.core.births import Fork
from shared.core.chain import Place
from shared.runtime.following.consuming import Consumer
from shared.runtime.publishing import outbox
from shared.runtime.publishing.publication import Publication
from shared.store import parked
from shared.store.pool import Connection, Pool
from tests.shared.toy.asking import LIFE
from tests.shared.toy.carried import outgoing, records, take
from tests.shared.toy.contracts import PARTITIONS
from tests.shared.toy.followed import assert_follows, places
from tests.shared.toy.pasts import record_at_random
from tests.shared.toy.restored import Brought, Owner, crossed, restored
from tests.shared.toy.served import Served

pytestmark = pytest.mark.postgres

REBUILT = "select to_regclass('read_old.purses') is not null"


async def rebuilt(reading: Pool) -> bool:
    """Whether the tables have taken the place of others."""
    return bool(await reading.fetchval(REBUILT))


async def test_whoever_went_past_the_fork_is_built_anew_and_never_seen_empty(
    connection: Connection,
    owner: Owner,
    pool: Pool,
    reading: Pool,
    consumer: Consumer,
    brought: Brought,
) -> None:
    await record_at_random(connection, seed=1)
    await brought(consumer)
    seen: list[int] = []

    async def look() -> None:
        while True:
            seen.append(await reading.fetchval("select count(*) from read.purses"))

    await restored(owner, 200)
    await record_at_random(connection, seed=2, events=100)
    looking = asyncio.create_task(look())
    await brought(consumer)
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
    brought: Brought,
) -> None:
    await record_at_random(connection, seed=3)
    sent = [one for one in await outgoing(pool, publication) if one[1].position <= 200]
    await take(publication.source, [consumer], records(sent))
    assert max((await places(reading)).values()) == 200
    await restored(owner, 200)
    await record_at_random(connection, seed=4, events=100)
    await brought(consumer)
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
    brought: Brought,
) -> None:
    await record_at_random(connection, seed=5)
    sent = await outgoing(pool, publication)
    last = max(sent, key=lambda one: one[1].position)
    sent = [one for one in sent if one[0] == last[0]]
    await take(publication.source, [consumer], records(sent))
    await restored(owner, 200)
    await brought(consumer)
    await assert_follows(reading, pool)
    assert await rebuilt(reading)


async def test_a_heartbeat_is_enough_to_learn_of_it(
    connection: Connection,
    owner: Owner,
    pool: Pool,
    reading: Pool,
    publication: Publication,
    consumer: Consumer,
    brought: Brought,
) -> None:
    await record_at_random(connection, seed=6, events=100)
    sent = await outgoing(pool, publication)
    await brought(consumer)
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
    brought: Brought,
    served: Served,
) -> None:
    await record_at_random(connection, seed=9)
    old = await outgoing(pool, publication)
    await brought(consumer)
    await restored(owner, 200)
    await record_at_random(connection, seed=10, events=50)
    await brought(consumer)
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
    lasts = dict.fromkeys(range(PARTITIONS), Place(200))
    lasts |= {number: Place(message.position) for number, message in new}
    beats = outbox.beats(LIFE._replace(epoch=2), 250, new[-1][1].at, lasts)
    await take(publication.source, [consumer], records([*old[90:], *new, *beats]))
    await assert_follows(reading, pool)

"""Relay and feed of a log that lost its tail: what they tell is of the epoch that it is in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import httpx
import pytest

from shared.core.births import Fork
from shared.ops.settings import Kafka
from shared.runtime.following.consuming import Consumer
from shared.runtime.following.feed_client import FeedClient, OtherEpoch
from shared.runtime.following.subscribing import Subscriber
from shared.runtime.publishing.outbox import Outbox
from shared.runtime.publishing.publication import Publication
from shared.store import epochs
from shared.store.cursors import CursorMoved
from shared.store.pool import Connection, Pool
from tests.shared.conftest import Token
from tests.shared.toy.asking import LOG
from tests.shared.toy.carried import Read
from tests.shared.toy.contracts import PARTITIONS
from tests.shared.toy.followed import assert_follows, places
from tests.shared.toy.pasts import opened, put, record, record_at_random
from tests.shared.toy.relaying import Relaying
from tests.shared.toy.restored import Owner, crossed, cut, happen, restored
from tests.shared.toy.served import Served, pieces, told
from tests.shared.toy.waiting import running, until

pytestmark = pytest.mark.postgres


async def test_the_feed_tells_whoever_names_another_epoch_where_it_forked(
    connection: Connection, owner: Owner, feed: FeedClient
) -> None:
    await record(connection, [opened(), *[put(1)] * 8])
    assert await feed.head(1) == 9
    await restored(owner, 7)
    await restored(owner, 5)
    for known, fork in ((1, 5), (2, 5), (4, 0)):
        with pytest.raises(OtherEpoch) as other:
            await pieces(feed, 0, epoch=known)
        assert (other.value.known, other.value.to) == (known, Fork(3, fork))
    assert await feed.head(3) == await feed.head() == 5
    assert [one.epoch for one in await pieces(feed, 0, epoch=3)] == [3]
    assert len(await told(feed, 0)) == 5, "whoever names none is told what there is"


async def test_lines_and_refusals_of_the_feed_name_the_epoch(
    connection: Connection, owner: Owner, served: Served, token: Token
) -> None:
    await record(connection, [opened(), put(1)])
    await restored(owner, 1)
    headers = {"authorization": f"Bearer {token('service')}"}
    async with httpx.AsyncClient(headers=headers) as client:
        line, _ = (await client.get(f"{served.url}/contracts")).text.splitlines()
        refused = await client.get(f"{served.url}/contracts", params={"epoch": 1})
        strange = await client.get(f"{served.url}/contracts", params={"epoch": 0})
    assert '"source":"/linli/purses/2"' in line
    assert (refused.status_code, refused.json()["code"]) == (409, "another_epoch")
    assert (refused.headers["linli-epoch"], refused.headers["linli-fork"]) == ("2", "1")
    assert strange.status_code == 422


async def test_an_epoch_begins_where_the_relay_stands(
    connection: Connection, owner: Owner, pool: Pool, publication: Publication
) -> None:
    made = Outbox(pool, publication, PARTITIONS)
    [one] = await record(connection, [opened(), put(1), put(2)])
    page = await made.first()
    async with pool.acquire() as there, there.transaction():
        await made.move(there, page)
    await restored(owner, 2)
    await happen(connection, one, put(20), put(40))
    again = await Outbox(pool, publication, PARTITIONS).first()
    messages = [message for _, message in again.outgoing]
    assert [(one.epoch, one.position, one.previous) for one in messages] == [(2, 3, 2), (2, 4, 3)]
    assert {place.position for place in again.before.values()} == {2}


async def test_a_page_of_the_epoch_before_is_not_taken_for_sent(
    connection: Connection, owner: Owner, pool: Pool, publication: Publication
) -> None:
    made, other = (Outbox(pool, publication, PARTITIONS) for _ in range(2))
    [one] = await record(connection, [opened(), put(1), put(2)])
    page = await made.first()
    await restored(owner, 2)
    await happen(connection, one, put(20))
    following = await other.first()
    async with pool.acquire() as there, there.transaction():
        await other.move(there, following)
    with pytest.raises(CursorMoved):
        async with pool.acquire() as there, there.transaction():
            await made.move(there, page)


def _epochs(sent: Sequence[Read]) -> dict[int, list[int]]:
    """The epochs of what stands in each partition, in its order."""
    return {
        number: [message.epoch for where, message in sent if where == number]
        for number in range(PARTITIONS)
    }


@pytest.mark.parametrize("broker", ["embedded"], indirect=True)
async def test_a_relay_that_leads_does_not_go_on_in_the_old_epoch(
    connection: Connection, relaying: Relaying
) -> None:
    async def beaten() -> bool:
        found = _epochs(await relaying.sent())
        return all(told[-1:] == [2] for told in found.values())

    await record_at_random(connection, seed=1, events=60)
    async with running(relaying.relay().run):
        await relaying.published()
        await epochs.raise_epoch(connection, LOG, None, "raised while all ran")
        await until(beaten)
        await record_at_random(connection, seed=2, events=60)
        await relaying.published()
    sent = await relaying.sent()
    for told_there in _epochs(sent).values():
        assert all(one <= two for one, two in pairwise(told_there))
    assert {message.epoch for _, message in sent if message.position > 60} == {2}


async def test_by_a_broker_a_reader_follows_a_log_through_two_restores(
    connection: Connection,
    owner: Owner,
    pool: Pool,
    reading: Pool,
    publication: Publication,
    consumer: Consumer,
    relaying: Relaying,
    kafka: Kafka,
) -> None:
    subscriber = Subscriber("reader", publication.source, kafka, [consumer])

    async def caught_up() -> bool:
        head = await connection.fetchval("select max(position) from event where log = $1", LOG)
        return set((await places(reading)).values()) == {head}

    async with running(subscriber.run):
        await record_at_random(connection, seed=3, events=100)
        async with running(relaying.relay().run):
            await until(caught_up)
        for seed, fork in ((4, 70), (5, 90)):
            await restored(owner, fork)
            await record_at_random(connection, seed=seed, events=50)
            async with running(relaying.relay().run):
                await until(caught_up)
            await assert_follows(reading, pool)
    assert await crossed(reading) == [Fork(2, 70), Fork(3, 90)]


async def test_a_log_that_went_on_before_it_was_raised_is_raised_at_where_it_was_cut(
    connection: Connection,
    owner: Owner,
    pool: Pool,
    reading: Pool,
    consumer: Consumer,
) -> None:
    await record_at_random(connection, seed=6, events=100)
    await consumer.catch_up()
    await cut(owner, 50)
    await record_at_random(connection, seed=7, events=80)
    await consumer.catch_up()  # it takes what stands there now for what follows
    await epochs.raise_epoch(owner, LOG, 50, "nobody stopped the services")
    await consumer.catch_up()
    await assert_follows(reading, pool)

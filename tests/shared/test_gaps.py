"""Whatever a topic lost, the feed has: nothing is missing and nothing is taken twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

import pytest
from structlog.testing import capture_logs

from shared.core.chain import Place
from shared.runtime.following import feed_client
from shared.runtime.following.consuming import Consumer
from shared.runtime.following.feed_client import FeedUnavailable
from shared.runtime.projections.watermarks import Watermarks
from shared.runtime.publishing import feed as serving
from shared.runtime.publishing import outbox
from shared.runtime.publishing.outbox import Outgoing
from shared.runtime.publishing.publication import Publication
from shared.store.append import append
from shared.store.pool import Connection, Pool
from tests.shared.toy.appending import puts
from tests.shared.toy.asking import LIFE, LOG
from tests.shared.toy.carried import outgoing, record, records, take
from tests.shared.toy.contracts import PARTITIONS
from tests.shared.toy.followed import assert_follows, places
from tests.shared.toy.pasts import record_at_random
from tests.shared.toy.served import Served

pytestmark = pytest.mark.postgres


def beats(head: int, at: datetime, sent: Sequence[Outgoing]) -> list[Outgoing]:
    """What an idle relay says that has sent all of these."""
    lasts = {number: Place(0) for number in range(PARTITIONS)}
    lasts |= {number: Place(message.position) for number, message in sent}
    return outbox.beats(LIFE, head, at, lasts)


async def test_one_who_is_new_to_an_old_log(
    connection: Connection,
    pool: Pool,
    publication: Publication,
    consumer: Consumer,
    reading: Pool,
    served: Served,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(serving, "PAGE", 100)
    monkeypatch.setattr(feed_client, "CHUNK", 10_000)
    monkeypatch.setattr(feed_client, "PIECE", 1)
    for seed in range(3):
        await record_at_random(connection, seed, events=300)
    sent = await outgoing(pool, publication)
    await take(publication.source, [consumer], records(sent[-3:]))
    reached = await places(reading)
    assert reached == {n: max((m.position for o, m in sent[-3:] if o == n), default=0)
                       for n in range(PARTITIONS)}  # fmt: skip
    await take(publication.source, [consumer], records(beats(900, sent[-1][1].at, sent)))
    await assert_follows(reading, pool)
    assert served.asked <= 2 * PARTITIONS
    assert await places(reading) == dict.fromkeys(range(PARTITIONS), 900)


async def test_behind_a_gap_nothing_is_taken_while_the_feed_is_down(
    connection: Connection,
    pool: Pool,
    publication: Publication,
    consumer: Consumer,
    reading: Pool,
    served: Served,
) -> None:
    await record_at_random(connection, seed=4)
    sent = await outgoing(pool, publication)
    await take(publication.source, [consumer], records(sent[:100]))
    standing = await places(reading)
    holed, lost = sent[100][0], sent[100][1].position
    await served.down()
    rest = [one for one in sent[100:] if one[1].position != lost]
    for _ in range(2):
        with pytest.raises(FeedUnavailable):
            await take(publication.source, [consumer], records(rest))
    for number, position in (await places(reading)).items():
        if number == holed:
            assert position == standing[number]
        else:
            assert position == max((m.position for n, m in sent if n == number), default=0)
    had = await reading.fetch("select purse_id from purses where version > 0")
    assert had
    await served.up()
    with capture_logs() as logs:
        await take(publication.source, [consumer], records(rest))
    assert [(one["event"], one["partition"]) for one in logs] == [("gap.found", holed)]
    await assert_follows(reading, pool)


@pytest.mark.parametrize("limit", [2_000, 10_000])
async def test_a_feed_that_breaks_off_is_asked_for_the_rest(
    limit: int,
    connection: Connection,
    pool: Pool,
    publication: Publication,
    consumer: Consumer,
    reading: Pool,
    served: Served,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(feed_client, "CHUNK", 500)
    await record_at_random(connection, seed=5, events=100)
    sent = await outgoing(pool, publication)
    said = records(beats(100, sent[-1][1].at, sent))
    served.limit = limit
    broken = 0
    while broken < 100:
        reached = await places(reading)
        try:
            await take(publication.source, [consumer], said)
            break
        except FeedUnavailable:
            broken += 1
            assert await places(reading) != reached, "what came before is kept"
    assert broken >= 10_000 // limit
    await assert_follows(reading, pool)


async def test_a_lost_tail_is_found_by_the_next_heartbeat(
    connection: Connection, pool: Pool, publication: Publication, consumer: Consumer, reading: Pool
) -> None:
    await record_at_random(connection, seed=6, events=100)
    sent = await outgoing(pool, publication)
    await take(publication.source, [consumer], records(sent[:60]))
    await take(publication.source, [consumer], records(beats(100, sent[-1][1].at, sent)))
    await assert_follows(reading, pool)
    assert (await Watermarks(reading, LOG).of("purses")).position == 100


async def test_what_a_topic_says_beyond_the_end_of_the_log_is_not_taken(
    connection: Connection, pool: Pool, publication: Publication, consumer: Consumer, reading: Pool
) -> None:
    await record_at_random(connection, seed=8, events=50)
    sent = await outgoing(pool, publication)
    number, last = sent[-1]
    ahead = (number, last._replace(position=80, previous=70))
    await take(publication.source, [consumer], [record(ahead)])
    assert max((await places(reading)).values()) == 50
    await append(connection, LOG, [puts(uuid4(), 0, 50)])
    await take(publication.source, [consumer], records(await outgoing(pool, publication)))
    await assert_follows(reading, pool)


async def test_gaps_of_every_partition_are_closed_in_one_go(
    connection: Connection, pool: Pool, publication: Publication, consumer: Consumer, reading: Pool
) -> None:
    await record_at_random(connection, seed=9, events=60)
    sent = await outgoing(pool, publication)
    for lost in (3, 2):
        batch = [one for place, one in enumerate(sent) if place % lost]
        await take(publication.source, [consumer], records(batch))
    await take(publication.source, [consumer], records(beats(60, sent[-1][1].at, sent)))
    await assert_follows(reading, pool)

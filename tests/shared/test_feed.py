"""The feed over HTTP: all that was asked for in order, and a last line that says how far it is."""

from __future__ import annotations

from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from shared.contracts.partitions import partition_of
from shared.contracts.sent import UNPUBLISHABLE
from shared.runtime.following import feed_client
from shared.runtime.following.feed_client import FeedClient, FeedUnavailable
from shared.runtime.publishing import feed as serving
from shared.runtime.publishing.publication import Publication
from shared.store import read
from shared.store.append import append
from shared.store.pool import Connection, Pool
from shared.store.slices import Slice
from tests.shared.conftest import Token
from tests.shared.toy.appending import On, decided, puts
from tests.shared.toy.asking import LOG, NOON
from tests.shared.toy.contracts import PARTITIONS
from tests.shared.toy.events import PurseCorrected
from tests.shared.toy.pasts import opened, put, record, record_at_random
from tests.shared.toy.served import Served, pieces, published, told

pytestmark = pytest.mark.postgres

BAD: list[dict[str, Any]] = [
    {"after": -1}, {"after": 2**63}, {"after": "x"}, {"until": -1}, {"until": 2**63},
    {"partition": 0}, {"partition": 3, "partitions": 3}, {"partition": -1, "partitions": 3},
    {"partition": 0, "partitions": 0}, {"partition": 0, "partitions": 513},
    {"stream": "x"}, {"other": 1},
]  # fmt: skip
STATUS: list[tuple[list[str] | None, int]] = [
    (["service"], 200), (["supervisor"], 403), ([], 403), (None, 401),
]  # fmt: skip


async def test_the_whole_log_is_told_in_order(
    connection: Connection, pool: Pool, publication: Publication, feed: FeedClient
) -> None:
    await record_at_random(connection, seed=1)
    assert await told(feed, 0) == await published(pool, publication) != []


async def test_a_log_of_a_year_is_told_in_pages(
    connection: Connection,
    pool: Pool,
    publication: Publication,
    feed: FeedClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await append(connection, LOG, [puts(uuid4(), 0, 300) for _ in range(15)])
    monkeypatch.setattr(feed_client, "CHUNK", 4_096)
    monkeypatch.setattr(feed_client, "PIECE", 1)
    found = await pieces(feed, 0)
    assert len(found) > 2_250 * 500 // 4_096
    assert 2 * serving.PAGE < sum(len(piece.sent) for piece in found) == 4_500
    reached = [piece.through for piece in found]
    assert reached == sorted(reached)
    assert [one.position for piece in found for one in piece.sent] == list(range(1, 4_501))
    assert [piece.at is None for piece in found] == [True] * (len(found) - 1) + [False]


async def test_a_part_of_it_is_told_by_position(
    connection: Connection, pool: Pool, publication: Publication, feed: FeedClient
) -> None:
    await record_at_random(connection, seed=2, events=100)
    whole = await published(pool, publication)
    assert await told(feed, 40, 60) == [one for one in whole if 40 < one.position <= 60]
    assert await told(feed, 90) == [one for one in whole if one.position > 90]
    [beyond] = await pieces(feed, 100, 200)
    assert (beyond.sent, beyond.through) == ([], 100)
    [behind] = await pieces(feed, 500)
    assert (behind.sent, behind.through) == ([], 100)


async def test_partitions_together_are_the_whole(
    connection: Connection, pool: Pool, publication: Publication, feed: FeedClient
) -> None:
    await record_at_random(connection, seed=3, events=100)
    whole = await published(pool, publication)
    for number in range(PARTITIONS):
        found = await pieces(feed, 10, 90, part=Slice((number, PARTITIONS)))
        assert [one for piece in found for one in piece.sent] == [
            one
            for one in whole
            if 10 < one.position <= 90 and partition_of(one.stream_id, PARTITIONS) == number
        ]
        assert found[-1].through == 90


async def test_a_stream_is_told_alone(
    connection: Connection, pool: Pool, publication: Publication, feed: FeedClient
) -> None:
    await record_at_random(connection, seed=4, events=100)
    [known, *_] = whole = await published(pool, publication)
    stream = [one for one in whole if one.stream_id == known.stream_id]
    assert await told(feed, 0, part=Slice(stream_id=known.stream_id)) == stream
    [nothing] = await pieces(feed, 0, part=Slice(stream_id=uuid4()))
    assert (nothing.sent, nothing.through) == ([], 100)


async def test_what_is_not_published_moves_the_end_only(
    connection: Connection, feed: FeedClient
) -> None:
    [key] = await record(connection, [opened(), put(5)])
    slip = PurseCorrected(at=NOON, corrects=2, changes={"fen": 6}, reason="typo")
    await append(connection, LOG, [decided(On(key, 2, [slip]))])
    [piece] = await pieces(feed, 2)
    assert (piece.sent, piece.through) == ([], 3)


async def test_what_cannot_be_published_has_its_place_kept(
    connection: Connection, owner: Connection, feed: FeedClient
) -> None:
    [one, two] = await record(connection, [opened(), put(5)], [opened(), put(2)])
    await owner.execute("update event set payload = '{' where stream_id = $1 and version = 2", one)
    found = await told(feed, 0)
    assert [(sent.stream_id, sent.type) for sent in found] == [
        (one, "purse-opened"), (one, UNPUBLISHABLE), (two, "purse-opened"), (two, "money-put"),
    ]  # fmt: skip
    assert found[1].payload == b"{}"


async def test_the_end_of_a_quiet_log_is_known_by_the_clock(
    connection: Connection, feed: FeedClient
) -> None:
    [none] = await pieces(feed, 0)
    assert none.through == 0
    assert none.at is not None
    await record(connection, [opened()])
    [first] = await pieces(feed, 0)
    assert first.at is not None
    assert first.at > first.sent[0].recorded_at
    assert datetime.now(UTC) - first.at < timedelta(seconds=60)


async def test_a_part_or_a_log_in_use_is_known_to_its_last_event(
    connection: Connection, owner: Connection, feed: FeedClient
) -> None:
    await record_at_random(connection, seed=5, events=20)
    recorded = {row["position"]: row["recorded_at"] for row in
                await read.page(connection, LOG, 0, 20)}  # fmt: skip
    assert (await pieces(feed, 0, 10))[-1].at == recorded[10]
    async with owner.transaction():
        await owner.execute("select pg_advisory_xact_lock(hashtextextended($1, 0))", LOG)
        assert (await pieces(feed, 0))[-1].at == recorded[20]
    assert (await pieces(feed, 0))[-1].at != recorded[20]


async def test_the_head_is_asked_without_reading_the_log(
    connection: Connection, feed: FeedClient
) -> None:
    assert await feed.head() == 0
    await record_at_random(connection, seed=6, events=30)
    assert await feed.head() == 30


async def test_the_feed_is_for_services(served: Served, token: Token) -> None:
    async with httpx.AsyncClient(base_url=served.url) as client:
        for roles, status in STATUS:
            headers = {} if roles is None else {"authorization": f"Bearer {token(*roles)}"}
            answer = await client.get("/contracts", headers=headers)
            assert answer.status_code == status, roles
            if status != 200:
                assert answer.headers["content-type"] == "application/problem+json"
    async with aclosing(FeedClient(served.url, lambda: token("supervisor"))) as feed:
        with pytest.raises(FeedUnavailable, match=r"answered 403$"):
            await feed.head()


async def test_a_bad_question_is_a_problem(served: Served, token: Token) -> None:
    headers = {"authorization": f"Bearer {token('service')}"}
    async with httpx.AsyncClient(base_url=served.url, headers=headers) as client:
        for query in BAD:
            answer = await client.get("/contracts", params=query)
            assert answer.status_code == 422, query
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["status"] == 422


async def test_the_largest_question_is_answered(feed: FeedClient) -> None:
    [piece] = await pieces(
        feed, feed_client.LARGEST, feed_client.LARGEST, part=Slice((510, 512), UUID(int=0))
    )
    assert piece.through == 0

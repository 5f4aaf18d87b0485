"""Reading a feed that is down, cut off, or someone else: it says so, and what came is good."""

from __future__ import annotations

from contextlib import aclosing

import httpx
import orjson
import pytest

from shared.runtime.following import feed_client
from shared.runtime.following.feed_client import FeedClient, FeedUnavailable, Piece
from shared.runtime.publishing.publication import Publication
from shared.store.pool import Connection, Pool
from tests.shared.toy.pasts import opened, record, record_at_random
from tests.shared.toy.served import Served, pieces, published, told

pytestmark = pytest.mark.postgres


async def test_of_an_answer_cut_off_what_came_is_good(
    connection: Connection,
    pool: Pool,
    publication: Publication,
    feed: FeedClient,
    served: Served,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await record_at_random(connection, seed=7)
    monkeypatch.setattr(feed_client, "CHUNK", 1_000)
    served.limit = 20_000
    whole, had = await published(pool, publication), list[Piece]()

    async def read_on() -> None:
        async for piece in feed.read(0):
            had.append(piece)

    with pytest.raises(FeedUnavailable):
        await read_on()
    good = [sent for piece in had for sent in piece.sent]
    assert 0 < len(good) < len(whole)
    assert good == whole[: len(good)]
    assert had[-1].through == good[-1].position
    served.limit = None
    assert good + await told(feed, had[-1].through) == whole


async def test_an_answer_without_its_last_line_is_none(
    connection: Connection, feed: FeedClient, served: Served
) -> None:
    await record(connection, [opened()])
    async with httpx.AsyncClient() as client:
        headers = {"authorization": f"Bearer {feed._token()}"}
        answer = await client.get(f"{served.url}/contracts", headers=headers)
    [*lines, last] = answer.content.splitlines(keepends=True)
    assert [*orjson.loads(last)] == ["through", "at"]
    served.limit = sum(map(len, lines))
    with pytest.raises(FeedUnavailable):
        await pieces(feed, 0)


async def test_a_feed_that_is_down_says_so(feed: FeedClient, served: Served) -> None:
    await served.down()
    with pytest.raises(FeedUnavailable):
        await feed.head()
    await served.up()
    assert await feed.head() == 0


@pytest.mark.parametrize("body", [b"<html>", b"5\n", b"[1]\n", b'{"through": 1}\n', b"\n", b""])
async def test_an_answer_of_someone_else_is_none(body: bytes) -> None:
    async def elsewhere(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=body)

    async with aclosing(FeedClient("http://elsewhere", lambda: "")) as feed:
        feed._client = httpx.AsyncClient(transport=httpx.MockTransport(elsewhere))
        with pytest.raises(FeedUnavailable):
            await feed.head()

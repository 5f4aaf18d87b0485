"""Policies: what has happened elsewhere is asked for here, once in effect, whatever happens."""

from __future__ import annotations

import asyncio
from random import Random
from typing import Any
from uuid import UUID

import pytest

from shared.runtime.following.feed_client import FeedUnavailable
from shared.runtime.policies.reacting import Reactor
from shared.runtime.publishing.outbox import Outgoing
from shared.runtime.publishing.publication import Publication
from shared.store import cursors, read
from shared.store.append import append
from shared.store.cursors import CursorMoved
from shared.store.pool import Connection, Pool
from tests.shared.conftest import MakeReactor
from tests.shared.toy.appending import On, decided
from tests.shared.toy.asking import LOG
from tests.shared.toy.carried import outgoing, records, take
from tests.shared.toy.contracts import PARTITIONS
from tests.shared.toy.decider import Purse
from tests.shared.toy.followed import places
from tests.shared.toy.mirroring import MIRRORS, NAME, listed, mirrored, mirroring, waiting
from tests.shared.toy.pasts import opened, put, taken
from tests.shared.toy.pasts import record as record_past
from tests.shared.toy.served import Served

pytestmark = pytest.mark.postgres


async def test_what_happened_there_is_asked_for_here(
    connection: Connection, pool: Pool, reading: Pool, publication: Publication, reactor: Reactor
) -> None:
    [one, two] = await record_past(connection, [opened(), put(5), taken(2)], [opened("d/s2")])
    await take(publication.source, [reactor], records(await outgoing(pool, publication)))
    assert await mirrored(reading, one) == (Purse("open", "d/s1", 3), 4)
    assert await mirrored(reading, two) == (Purse("open", "d/s2", 0), 1)
    assert sorted((await places(reading, NAME)).values())[-1] == 4
    causes = {row["position"]: row for row in await read.page(connection, LOG, 0, 9)}
    async with reading.acquire() as there:
        asked = await read.page(there, MIRRORS, 0, 9)
    assert {row["actor"] for row in asked} == {"mirror"}
    assert {row["correlation_id"] for row in asked} == {
        row["correlation_id"] for row in causes.values()
    }
    assert len({row["command_id"] for row in asked}) == 5
    assert len({row["causation_id"] for row in asked}) == 4
    assert min(row["recorded_at"] for row in asked) >= causes[1]["recorded_at"]


async def test_events_of_a_stream_are_reacted_to_in_their_order(
    connection: Connection, pool: Pool, reading: Pool, publication: Publication, reactor: Reactor
) -> None:
    lives = [[opened(), *[one for fen in range(1, 9) for one in (put(fen), taken(fen))]]] * 6
    ids = await record_past(connection, *lives)
    await take(publication.source, [reactor], records(await outgoing(pool, publication)))
    assert await listed(reading) == []
    for key in ids:
        assert await mirrored(reading, key) == (Purse("open", "d/s1", 0), 25)


@pytest.mark.parametrize("seed", range(2))
async def test_on_bad_days_every_command_has_its_effect_once(
    seed: int,
    connection: Connection,
    pool: Pool,
    reading: Pool,
    publication: Publication,
    reactor: Reactor,
) -> None:
    random = Random(seed)
    ids = await record_past(connection, *([opened(), *[put(n) for n in range(9)]],) * 5)
    sent = await outgoing(pool, publication)
    for _ in range(12):
        batch: list[Outgoing] = random.choices(sent, k=random.randrange(1, 30))
        await take(publication.source, [reactor], records(batch))
    await take(publication.source, [reactor], records(sent * 2))
    for key in ids:
        assert await mirrored(reading, key) == (Purse("open", "d/s1", 36), 19)


async def test_a_crash_between_a_command_and_the_cursor_asks_again_and_changes_nothing(
    connection: Connection,
    pool: Pool,
    reading: Pool,
    publication: Publication,
    reactor: Reactor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    [key] = await record_past(connection, [opened(), put(5), taken(9)])
    sent = records(await outgoing(pool, publication))

    async def crashed(*_: Any) -> None:
        raise ConnectionResetError

    for _ in range(3):
        with monkeypatch.context() as patch:
            patch.setattr(cursors, "advance", crashed)
            with pytest.raises(ConnectionResetError):
                await take(publication.source, [reactor], sent)
        assert set((await places(reading, NAME)).values()) == {0}
        assert await listed(reading) == [], "the list is kept with the cursor"
    for _ in range(2):
        await take(publication.source, [reactor], sent)
    assert await mirrored(reading, key) == (Purse("open", "d/s1", 5), 3)
    assert await listed(reading) == [(3, 0, "not_enough")]


async def test_of_two_runners_at_once_every_command_has_its_effect_once(
    connection: Connection,
    pool: Pool,
    reading: Pool,
    publication: Publication,
    reactor: Reactor,
    make: MakeReactor,
) -> None:
    ids = await record_past(connection, *([opened(), put(5), taken(9)],) * 9)
    sent = records(await outgoing(pool, publication))
    runners = [reactor, make()]
    await asyncio.gather(*(one.prepare() for one in runners))
    done = await asyncio.gather(
        *(take(publication.source, [one], sent) for one in runners), return_exceptions=True
    )
    assert {type(one) for one in done} <= {type(None), CursorMoved}
    assert None in done
    for key in ids:
        assert await mirrored(reading, key) == (Purse("open", "d/s1", 5), 3)
    assert len(await listed(reading)) == 9


async def test_imported_history_is_not_reacted_to(
    connection: Connection, pool: Pool, reading: Pool, publication: Publication, reactor: Reactor
) -> None:
    old, new = UUID(int=1), UUID(int=2)
    await append(connection, LOG, [decided(On(old, 0, [opened(), put(5)]), origin="history")])
    await append(connection, LOG, [decided(On(new, 0, [opened()]))])
    await take(publication.source, [reactor], records(await outgoing(pool, publication)))
    assert await mirrored(reading, old) == (Purse(), 0)
    assert await mirrored(reading, new) == (Purse("open", "d/s1"), 1)
    assert await waiting(reading) == []


@pytest.mark.parametrize(("starts", "events"), [("beginning", 5), ("now", 3)])
async def test_a_policy_says_where_it_starts(
    starts: str,
    events: int,
    connection: Connection,
    pool: Pool,
    reading: Pool,
    publication: Publication,
    make: MakeReactor,
) -> None:
    [key] = await record_past(connection, [opened(), put(5)])
    reactor = make(mirroring(starts))
    await reactor.prepare()
    first = {"beginning": 0, "now": 2}[starts]
    assert await places(reading, NAME) == dict.fromkeys(range(PARTITIONS), first)
    await append(connection, LOG, [decided(On(key, 2, [opened("d/s2"), put(3)]))])
    for again in (reactor, make(mirroring("now"))):
        await again.prepare()
        await take(publication.source, [again], records(await outgoing(pool, publication)))
        await again.catch_up()
    assert (await mirrored(reading, key))[1] == events
    assert await places(reading, NAME) == dict.fromkeys(range(PARTITIONS), 4)


async def test_a_policy_that_starts_now_waits_for_the_feed_to_say_when_that_is(
    connection: Connection, reading: Pool, make: MakeReactor, served: Served
) -> None:
    await record_past(connection, [opened(), put(5)])
    reactor = make(mirroring("now"))
    await served.down()
    with pytest.raises(FeedUnavailable):
        await reactor.prepare()
    assert await places(reading, NAME) == {}
    await served.up()
    await reactor.prepare()
    assert set((await places(reading, NAME)).values()) == {2}


async def test_what_a_topic_lost_is_asked_for_from_the_feed(
    connection: Connection, pool: Pool, reading: Pool, publication: Publication, reactor: Reactor
) -> None:
    ids = await record_past(connection, *([opened(), put(5), put(2)],) * 6)
    sent = await outgoing(pool, publication)
    await take(publication.source, [reactor], records(sent[::3]))
    await take(publication.source, [reactor], records(sent[-6:]))
    await reactor.catch_up()
    for key in ids:
        assert await mirrored(reading, key) == (Purse("open", "d/s1", 7), 5)

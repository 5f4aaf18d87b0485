"""Policies: what has happened elsewhere is asked for here, once in effect, whatever happens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import aclosing
from dataclasses import replace
from random import Random
from typing import Any
from uuid import UUID

import pytest

from shared.core.envelope import Recorded
from shared.core.policy import Policy, Reaction
from shared.runtime.execute import Executor
from shared.runtime.feed_client import FeedClient, FeedUnavailable
from shared.runtime.grouped import Overloaded
from shared.runtime.outbox import Outgoing
from shared.runtime.publication import Publication
from shared.runtime.reacting import Reactor
from shared.store import cursors, parked, read, refused
from shared.store.append import append
from shared.store.cursors import CursorMoved
from shared.store.pool import Connection, Pool
from shared.testkit.databases import TestDatabase
from tests.shared.toy.appending import On, decided
from tests.shared.toy.asking import LOG, NOON
from tests.shared.toy.carried import outgoing, record, records, take
from tests.shared.toy.contracts import PARTITIONS
from tests.shared.toy.decider import Purse, purse
from tests.shared.toy.events import MoneyTaken
from tests.shared.toy.followed import places
from tests.shared.toy.mirroring import MIRRORS, mirror_of, mirrored, mirroring, react
from tests.shared.toy.pasts import opened, put
from tests.shared.toy.pasts import record as record_past
from tests.shared.toy.served import Served

pytestmark = pytest.mark.postgres

NAME = mirroring().name
Make = Callable[..., Reactor]


@pytest.fixture
async def mirror(reader_database: TestDatabase) -> AsyncIterator[Executor]:
    """The command path of the service that reacts."""
    async with aclosing(Executor(reader_database.service, MIRRORS)) as made:
        yield made


@pytest.fixture
def make(mirror: Executor, reading: Pool, publication: Publication, feed: FeedClient) -> Make:
    """Makes runners of policies."""

    def made(policy: Policy[Any] | None = None) -> Reactor:
        following = (reading, feed, PARTITIONS)
        return Reactor(mirror, policy or mirroring(), publication.source, following)

    return made


@pytest.fixture
async def reactor(make: Make) -> Reactor:
    made = make()
    await made.prepare()
    return made


def taken(fen: int) -> MoneyTaken:
    return MoneyTaken(at=NOON, fen=fen)


async def listed(reading: Pool) -> list[tuple[int, int, str]]:
    async with reading.acquire() as there:
        return [(one.position, one.ordinal, one.code) for one in await refused.of(there)]


async def waiting(reading: Pool) -> list[tuple[int, str]]:
    async with reading.acquire() as there:
        return [(one.position, one.reason) for one in await parked.of(there, NAME)]


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


@pytest.mark.parametrize("seed", range(3))
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
    make: Make,
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


async def test_what_the_rules_turn_down_is_listed_once_and_holds_up_nobody(
    connection: Connection, pool: Pool, reading: Pool, publication: Publication, reactor: Reactor
) -> None:
    [one, two] = await record_past(connection, [opened(), taken(1), put(5)], [put(7), opened()])
    sent = records(await outgoing(pool, publication))
    for _ in range(3):
        await take(publication.source, [reactor], sent)
    assert await listed(reading) == [
        (2, 0, "not_enough"), (4, 0, "purse_is_none"), (4, 1, "purse_is_none"),
    ]  # fmt: skip
    assert await mirrored(reading, one) == (Purse("open", "d/s1", 5), 3)
    assert await mirrored(reading, two) == (Purse("open", "d/s1", 0), 1)
    async with reading.acquire() as there:
        assert {row.stream_id for row in await refused.of(there)} == set(map(mirror_of, (one, two)))


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
    make: Make,
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
    connection: Connection, reading: Pool, make: Make, served: Served
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


class Unwell(Exception):
    """A policy, or a rule, has a bug."""


def reacts_badly(recorded: Recorded[Any]) -> Sequence[Reaction]:
    if recorded.version == 2:
        raise Unwell
    return react(recorded)


def decides_badly(recorded: Recorded[Any]) -> Sequence[Reaction]:
    def decide(*_: Any) -> Sequence[Any]:
        raise Unwell

    broken = replace(purse, decide=decide) if recorded.version == 2 else purse
    return [replace(one, decider=broken) for one in react(recorded)]


@pytest.mark.parametrize("badly", [reacts_badly, decides_badly])
async def test_what_cannot_be_reacted_to_waits_with_its_stream_alone_until_it_can(
    badly: Callable[[Recorded[Any]], Sequence[Reaction]],
    connection: Connection,
    pool: Pool,
    reading: Pool,
    publication: Publication,
    make: Make,
) -> None:
    [one, two] = await record_past(connection, [opened(), put(5), put(6)], [opened()])
    reactor = make(mirroring(react=badly))
    await reactor.prepare()
    for _ in range(2):
        await take(publication.source, [reactor], records(await outgoing(pool, publication)))
        await append(connection, LOG, [decided(On(one, 3, [put(7)]))])
    poisoned = [
        (2, "cannot be taken: Unwell"),
        *((position, "behind an earlier event of its stream") for position in (3, 5)),
    ]
    assert await waiting(reading) == poisoned
    assert await mirrored(reading, one) == (Purse("open", "d/s1", 0), 1)
    assert await mirrored(reading, two) == (Purse("open", "d/s1", 0), 1)
    assert await reactor.replay(one) == 3
    assert await waiting(reading) == poisoned
    assert await make().replay(one) == 0
    assert await waiting(reading) == []
    assert await mirrored(reading, one) == (Purse("open", "d/s1", 18), 7)


async def test_a_contract_that_cannot_be_read_waits_with_its_stream_alone(
    connection: Connection, pool: Pool, reading: Pool, publication: Publication, reactor: Reactor
) -> None:
    [one, two] = await record_past(connection, [opened(), put(5), put(6)], [opened(), put(1)])
    batch = [
        record(sent, value=b"{") if sent[1].position == 2 else record(sent)
        for sent in await outgoing(pool, publication)
    ]
    await take(publication.source, [reactor], batch)
    assert [position for position, _ in await waiting(reading)] == [2, 3]
    assert await mirrored(reading, two) == (Purse("open", "d/s1", 1), 3)
    assert await reactor.replay(one) == 0, "the feed has it as it was"
    assert await mirrored(reading, one) == (Purse("open", "d/s1", 11), 5)


async def test_a_service_that_has_too_much_to_do_is_asked_again_later(
    connection: Connection,
    pool: Pool,
    reading: Pool,
    publication: Publication,
    reactor: Reactor,
    mirror: Executor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    [key] = await record_past(connection, [opened(), put(5)])
    sent = records(await outgoing(pool, publication))

    async def busy(*_: Any) -> None:
        raise Overloaded

    with monkeypatch.context() as patch:
        patch.setattr(mirror, "execute", busy)
        with pytest.raises(Overloaded):
            await take(publication.source, [reactor], sent)
    assert await waiting(reading) == []
    await take(publication.source, [reactor], sent)
    assert await mirrored(reading, key) == (Purse("open", "d/s1", 5), 3)


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

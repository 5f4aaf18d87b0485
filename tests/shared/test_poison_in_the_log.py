"""Poison that stands in the log itself: for its own read models, its relay, and who follows it."""

from __future__ import annotations

import time
from asyncio import Event, create_task, sleep, wait_for
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from shared.contracts.sent import UNPUBLISHABLE
from shared.core.catalogue import Catalogue, Payload
from shared.runtime.following.consuming import Consumer
from shared.runtime.following.feed_client import FeedClient
from shared.runtime.projections.log_fed import LogFed
from shared.runtime.publishing.outbox import Outbox
from shared.runtime.publishing.publication import Publication
from shared.store import parked
from shared.store.append import append
from shared.store.pool import Connection, Pool
from tests.shared.toy import contracts
from tests.shared.toy.appending import On, decided
from tests.shared.toy.asking import LOG, NOON
from tests.shared.toy.carried import outgoing, record, records, take
from tests.shared.toy.contracts import PARTITIONS
from tests.shared.toy.decider import purse
from tests.shared.toy.events import PurseMoved
from tests.shared.toy.followed import assert_follows
from tests.shared.toy.pasts import opened, put, record_at_random
from tests.shared.toy.pasts import record as record_past
from tests.shared.toy.poison import PAYLOADS
from tests.shared.toy.purses import purses
from tests.shared.toy.tables import assert_right, projector, rows

pytestmark = pytest.mark.postgres

BEHIND = "behind an earlier event of its stream"
PAST = [opened(), put(1), PurseMoved(at=NOON, territory="d/s2"), put(2), put(4)]
SPOIL = "update event set payload = $2 where stream_id = $1 and version = 3"
RENAME = "update event set type = $2 where stream_id = $1 and version = 3"
AGE = "update event set schema_version = $2 where stream_id = $1 and version = 3"


async def spoilt(connection: Connection, owner: Connection) -> dict[UUID, str]:
    """A purse for each kind of poison, which its third event is, and one that is well; the reasons
    of the poisoned."""
    kinds = list(PAYLOADS.values())
    [*victims, odd, old, _] = await record_past(connection, *[PAST] * (len(kinds) + 3))
    for key, poison in zip(victims, kinds, strict=True):
        await owner.execute(SPOIL, key, poison.value)
    await owner.execute(RENAME, odd, "purse-painted")
    await owner.execute(AGE, old, 9)
    told = {key: poison.reason for key, poison in zip(victims, kinds, strict=True)}
    return told | {odd: "cannot be read: purse-painted v1", old: "cannot be read: purse-moved v9"}


async def mend(owner: Connection) -> None:
    """The log as it was."""
    well = purse.events.encode(PAST[2])
    await owner.execute(
        "update event set payload = $1, type = 'purse-moved', schema_version = 1 where version = 3",
        well,
    )


async def waiting(connection: Connection, name: str) -> dict[UUID, list[str]]:
    """Why what waits does, stream by stream."""
    found: dict[UUID, list[str]] = {}
    for line in await parked.of(connection, name):
        found.setdefault(line.stream_id, []).append(line.reason)
    return found


@pytest.mark.parametrize("page", [1, 1_000])
async def test_a_read_model_of_the_log_goes_on_beside_poison(
    page: int,
    connection: Connection,
    owner: Connection,
    pool: Pool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("shared.runtime.projections.projecting.PAGE", page)
    reasons = await spoilt(connection, owner)
    runner = await projector(pool)
    for _ in range(2):
        await runner.drain()
        expected = {key: [reason, BEHIND, BEHIND] for key, reason in reasons.items()}
        assert await waiting(connection, "purses") == expected
    found = {row[0]: row[2:5] for row in await rows(connection)}
    assert all(found.pop(key) == ("d/s1", 1, 2) for key in reasons)
    assert [*found.values()] == [("d/s2", 7, 5)]
    await mend(owner)
    fed = LogFed(pool, LOG, purse.events, purses)
    assert [await fed.replay(key) for key in reasons] == [0] * len(reasons)
    assert await waiting(connection, "purses") == {}
    await assert_right(connection)


async def test_one_fix_lets_only_those_go_that_it_mends(
    connection: Connection, owner: Connection, pool: Pool
) -> None:
    [one, two] = await record_past(connection, PAST, PAST)
    await owner.execute(AGE, one, 9)
    await owner.execute(SPOIL, two, b"{")
    await (await projector(pool)).drain()
    assert len(await waiting(connection, "purses")) == 2
    knowing = replace(purse.events, upcasters={**purse.events.upcasters, **_until_9()})
    fed = LogFed(pool, LOG, _of_tomorrow(knowing), purses)
    assert [await fed.replay(key) for key in (one, two)] == [0, 3]
    assert await waiting(connection, "purses") == {
        two: ["cannot be taken: JSONDecodeError", BEHIND, BEHIND]
    }
    [(*_, fen, version, _, _)] = [row for row in await rows(connection) if row[0] == one]
    assert (fen, version) == (7, 5)


def _of_tomorrow(known: Catalogue[Any]) -> Catalogue[Any]:
    """One that has had nine shapes of a move."""

    class PurseMovedOn(PurseMoved):
        schema_version = 9

    return replace(known, classes={**known.classes, "purse-moved": PurseMovedOn})


def _until_9() -> Mapping[tuple[str, int], Any]:
    def same(fields: Payload) -> Payload:
        return fields

    return {("purse-moved", version): same for version in range(1, 9)}


async def test_streams_that_wait_cost_a_projector_nothing(
    connection: Connection, owner: Connection, pool: Pool
) -> None:
    await spoilt(connection, owner)
    runner, stop = await projector(pool), Event()
    await runner.drain()
    running = create_task(runner.run(stop))
    began, used = time.monotonic(), time.process_time()
    await sleep(2)
    share = (time.process_time() - used) / (time.monotonic() - began)
    stop.set()
    await wait_for(running, 5)
    assert share < 0.05


async def test_a_relay_marks_poison_and_its_readers_wait_for_it(
    connection: Connection,
    owner: Connection,
    pool: Pool,
    publication: Publication,
    consumer: Consumer,
    reading: Pool,
) -> None:
    reasons = await spoilt(connection, owner)
    unread = {key for key, reason in reasons.items() if "Character" not in reason}
    unread -= {key for key, reason in reasons.items() if "ProgramLimit" in reason}
    outbox = Outbox(pool, publication, PARTITIONS)
    page = await outbox.first()
    async with pool.acquire() as one, one.transaction():
        await outbox.move(one, page)
    assert {key: [reasons[key]] for key in unread} == await waiting(connection, "relay")
    marks = [m.sent.stream_id for _, m in page.outgoing if m.sent and m.sent.type == UNPUBLISHABLE]
    assert set(marks) == unread
    await take(publication.source, [consumer], records(page.outgoing))
    async with reading.acquire() as there:
        found = await waiting(there, "purses")
        assert found.keys() == reasons.keys()
        assert {len(lines) for lines in found.values()} == {3}
        assert {found[key][0] for key in unread} == {"its service cannot publish it"}
    assert await consumer.replay(next(iter(unread))) == 3
    await mend(owner)
    assert [await outbox.replay(key) for key in unread] == [0] * len(unread)
    assert [await consumer.replay(key) for key in reasons] == [0] * len(reasons)
    await assert_follows(reading, pool)


async def test_who_learns_to_read_a_contract_takes_what_waited_for_it(
    connection: Connection, pool: Pool, reading: Pool, publication: Publication, feed: FeedClient
) -> None:
    known = contracts.CONTRACTS.classes

    class PurseMovedBefore(PurseMoved):
        schema_version = 0

    yesterday = replace(contracts.CONTRACTS, classes={**known, "purse-moved": PurseMovedBefore})
    behind = contracts.source(publication.source.topic, yesterday)
    consumer = Consumer(reading, purses, behind, feed, PARTITIONS)
    await consumer.prepare()
    [key, _] = await record_past(connection, PAST, [opened()])
    await take(behind, [consumer], records(await outgoing(pool, publication)))
    async with reading.acquire() as there:
        reasons = ["cannot be read: purse-moved v1", BEHIND, BEHIND]
        assert await waiting(there, "purses") == {key: reasons}
    assert await consumer.replay(key) == 3
    today = Consumer(reading, purses, publication.source, feed, PARTITIONS)
    assert await today.replay(key) == 0
    await assert_follows(reading, pool)


async def test_what_comes_while_a_stream_is_replayed_waits_its_turn(
    connection: Connection,
    pool: Pool,
    reading: Pool,
    publication: Publication,
    consumer: Consumer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    [key] = await record_past(connection, PAST)
    sent = await outgoing(pool, publication)
    batch = [record(one, value=b"{") if one[1].position == 3 else record(one) for one in sent]
    await take(publication.source, [consumer], batch)
    stream, coming = consumer.stream, []

    async def asked(stream_id: UUID, epoch: int) -> Any:
        entries = await stream(stream_id, epoch)
        await append(connection, LOG, [decided(On(key, 5, [put(8)]))])
        late = records((await outgoing(pool, publication))[5:])
        coming.append(create_task(take(publication.source, [consumer], late)))
        await sleep(0.2)  # long enough for it to park, were it allowed to
        return entries

    monkeypatch.setattr(consumer, "stream", asked)
    assert await consumer.replay(key) == 0
    await wait_for(coming[0], 5)
    await assert_follows(reading, pool)


async def test_replaying_what_does_not_wait_changes_nothing(
    connection: Connection,
    pool: Pool,
    reading: Pool,
    publication: Publication,
    consumer: Consumer,
) -> None:
    await record_at_random(connection, seed=1, events=50)
    sent = await outgoing(pool, publication)
    await take(publication.source, [consumer], records(sent))
    assert sent[0][1].sent is not None
    assert await consumer.replay(sent[0][1].sent.stream_id) == 0
    assert await consumer.replay(UUID(int=0)) == 0
    await assert_follows(reading, pool)

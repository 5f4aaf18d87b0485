"""The log as an outbox: chained by partition whatever the pages, with a place for every event."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.partitions import partition_of
from shared.contracts.sent import UNPUBLISHABLE, Message, Sent
from shared.core.chain import Place
from shared.runtime.publishing import outbox
from shared.runtime.publishing.outbox import Outbox, Outgoing, Page, chained
from shared.runtime.publishing.publication import Publication
from shared.store import parked, quiet, read
from shared.store.append import append
from shared.store.cursors import CursorMoved
from shared.store.pool import Connection, Pool
from tests.shared.toy import contracts
from tests.shared.toy.appending import On, decided
from tests.shared.toy.asking import LIFE, LOG, NOON
from tests.shared.toy.carried import assert_chained, outgoing
from tests.shared.toy.contracts import PARTITIONS
from tests.shared.toy.events import PurseOpened
from tests.shared.toy.pasts import opened, put, record, record_at_random

pytestmark = pytest.mark.postgres

SPOIL = "update event set payload = '{' where stream_id = $1 and version = $2"
MEND = """update event set payload = '{"fen":5}' where stream_id = $1 and version = $2"""


def sent(position: int, stream: int, size: int = 2) -> Sent:
    """A contract of this stream."""
    return Sent(
        position, UUID(int=stream), 1, "money-put", 1, "d", "clerk", UUID(int=position),
        UUID(int=position), None, "live", NOON, NOON + timedelta(seconds=position), b" " * size,
    )  # fmt: skip


def from_the_beginning() -> dict[int, Place]:
    return dict.fromkeys(range(PARTITIONS), Place(0))


@given(st.lists(st.integers(0, 8), max_size=40), st.lists(st.integers(1, 9), max_size=40))
def test_pages_of_any_size_give_the_same_chain(streams: list[int], sizes: list[int]) -> None:
    log = [sent(position, stream) for position, stream in enumerate(streams, start=1)]
    whole, end = chained(LIFE, PARTITIONS, log, from_the_beginning())
    found: list[Outgoing] = []
    before = from_the_beginning()
    for size in [*sizes, len(log)]:
        page, moved = chained(LIFE, PARTITIONS, log[:size], before)
        found, before, log = found + page, {**before, **moved}, log[size:]
    assert found == whole
    assert before == {**from_the_beginning(), **end}
    assert_chained(sorted(found, key=lambda one: one[0]), found)


def test_a_message_names_the_one_before_it_in_its_partition() -> None:
    log = [sent(3, 0), sent(4, 1), sent(7, 0), sent(8, 3), sent(9, 4)]
    found, moved = chained(LIFE, PARTITIONS, log, {**from_the_beginning(), 1: Place(2)})
    assert [(number, message.previous, message.position) for number, message in found] == [
        (0, 0, 3), (1, 2, 4), (0, 3, 7), (0, 7, 8), (1, 4, 9),
    ]  # fmt: skip
    assert {number: place.position for number, place in moved.items()} == {0: 8, 1: 9}


def test_what_is_too_large_is_left_to_the_chain() -> None:
    log = [sent(1, 0), sent(2, 0, outbox.VALUE_LIMIT + 1), sent(3, 0, outbox.VALUE_LIMIT)]
    found, _ = chained(LIFE, PARTITIONS, log, from_the_beginning())
    assert [(message.previous, message.position) for _, message in found] == [(0, 1), (2, 3)]
    last, moved = chained(LIFE, PARTITIONS, log[:2], from_the_beginning())
    assert len(last) == 1
    [(_, beat)] = outbox.beats(LIFE, 5, NOON, moved)
    assert (beat.previous, beat.position, beat.sent) == (2, 5, None)


async def send(pool: Pool, publication: Publication) -> list[Outgoing]:
    """What a relay that starts now sends, page by page, until nothing is left."""
    made = Outbox(pool, publication, PARTITIONS)
    page, found = await made.first(), list[Outgoing]()
    while page.until != page.since:
        found += page.outgoing
        await move(pool, made, page)
        page = await made.read(page.until, page.after)
    return found


async def move(pool: Pool, made: Outbox, page: Page) -> None:
    async with pool.acquire() as connection, connection.transaction():
        await made.move(connection, page)


async def test_a_relay_goes_on_where_the_last_one_stopped(
    connection: Connection, pool: Pool, publication: Publication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "PAGE", 7)
    found: list[Outgoing] = []
    for seed in range(4):
        await record_at_random(connection, seed, events=50)
        found += await send(pool, publication)
    assert found == await outgoing(pool, publication)
    assert [message.position for _, message in found] == list(range(1, 201))
    assert_chained(sorted(found, key=lambda one: one[0]), found)
    assert {number for number, _ in found} == set(range(PARTITIONS))


async def test_the_events_of_a_stream_are_sent_in_order_to_one_partition(
    connection: Connection, pool: Pool, publication: Publication
) -> None:
    await record_at_random(connection, seed=5)
    streams: dict[UUID, list[tuple[int, Message]]] = {}
    for number, message in await send(pool, publication):
        assert message.sent is not None
        streams.setdefault(message.sent.stream_id, []).append((number, message))
    for stream_id, messages in streams.items():
        assert {number for number, _ in messages} == {partition_of(stream_id, PARTITIONS)}
        versions = [message.sent.version for _, message in messages if message.sent]
        assert versions == list(range(1, len(versions) + 1))


async def test_a_page_is_moved_over_once(
    connection: Connection, pool: Pool, publication: Publication
) -> None:
    await record(connection, [opened(), put(5)])
    one, two = (Outbox(pool, publication, PARTITIONS) for _ in range(2))
    first, second = await one.first(), await two.first()
    assert first == second
    await move(pool, one, first)
    with pytest.raises(CursorMoved):
        await move(pool, two, second)
    assert (await two.first()).outgoing == []


async def test_another_topic_begins_where_the_log_has_been_published(
    connection: Connection, pool: Pool, publication: Publication, topic: str
) -> None:
    await record_at_random(connection, seed=6, events=50)
    await send(pool, publication)
    await record_at_random(connection, seed=7, events=50)
    found = await send(pool, contracts.publication(f"{topic}.v2"))
    assert [message.position for _, message in found] == list(range(51, 101))
    firsts = {number: message.previous for number, message in reversed(found)}
    assert set(firsts.values()) == {50}, "nobody takes these for all there is"


async def test_what_cannot_be_published_leaves_a_mark_and_a_line(
    connection: Connection, owner: Connection, pool: Pool, publication: Publication
) -> None:
    [one, two] = await record(connection, [opened(), put(5), put(1)], [opened(), put(2)])
    whole = await outgoing(pool, publication)
    await owner.execute(SPOIL, one, 2)
    found = await send(pool, publication)
    mark = found.pop(1)[1].sent
    assert mark == mark_of(whole.pop(1)[1].sent)
    assert found == whole, "its neighbours go on"
    [line] = await parked.of(connection)
    assert (line.subscription, line.stream_id, line.position, line.type) == (
        "relay", one, 2, "money-put",
    )  # fmt: skip
    assert line.reason == "cannot be taken: JSONDecodeError"
    assert two not in await parked.streams(connection, "relay", LOG, [one, two])


def mark_of(contract: Sent | None) -> Sent:
    assert contract is not None
    return contract._replace(type=UNPUBLISHABLE, payload=b"{}", schema_version=1)


async def test_a_line_stays_until_its_event_can_be_published(
    connection: Connection, owner: Connection, pool: Pool, publication: Publication
) -> None:
    [one, two] = await record(connection, [opened(), put(5), put(6)], [opened(), put(2)])
    for key, version in ((one, 2), (one, 3), (two, 2)):
        await owner.execute(SPOIL, key, version)
    await send(pool, publication)
    made = Outbox(pool, publication, PARTITIONS)
    assert await made.replay(one) == 2
    await owner.execute(MEND, one, 2)
    assert await made.replay(one) == 1
    await owner.execute(MEND, one, 3)
    assert await made.replay(one) == 0
    assert {line.stream_id for line in await parked.of(connection)} == {two}


async def test_reasons_say_nothing_of_what_was_said(
    connection: Connection, owner: Connection, pool: Pool, publication: Publication
) -> None:
    secrets = ['{"fen":"Li Si"}', '{"Li Si":1}', '{"fen":1,"Li\\u0000Si":1}', '{"a":"Li Si']
    ids = await record(connection, *([opened(), put(1)] for _ in secrets))
    for key, payload in zip(ids, secrets, strict=True):
        await owner.execute(
            "update event set payload = $2 where stream_id = $1 and version = 2",
            key, payload.encode(),
        )  # fmt: skip
    await send(pool, publication)
    lines = await parked.of(connection)
    assert len(lines) == len(secrets)
    assert not [line.reason for line in lines if "Li" in line.reason or "Si" in line.reason]


async def test_an_oversized_event_has_its_place_in_the_chain(
    connection: Connection, pool: Pool, publication: Publication
) -> None:
    large = PurseOpened(at=NOON, owner="x" * outbox.VALUE_LIMIT, territory="d")
    key = uuid4()
    await append(connection, LOG, [decided(On(key, 0, [opened(), large, put(1)]))])
    found = await send(pool, publication)
    assert [(message.previous, message.position) for _, message in found] == [(0, 1), (2, 3)]
    end = await Outbox(pool, publication, PARTITIONS).first()
    assert end.before[partition_of(key, PARTITIONS)].position == 3


async def test_a_log_is_complete_by_the_clock_when_nobody_appends(
    connection: Connection, owner: Connection
) -> None:
    await record(connection, [opened()], [opened()])
    [first, last] = [row["recorded_at"] for row in await read.page(connection, LOG, 0, 9)]
    async with connection.transaction():
        assert await quiet.complete(connection, LOG, 1) is None, "there is more"
        now = await quiet.complete(connection, LOG, 2)
    assert now is not None
    assert first <= last < now
    async with owner.transaction():
        await owner.execute("select pg_advisory_xact_lock(hashtextextended($1, 0))", LOG)
        async with connection.transaction():
            assert await quiet.complete(connection, LOG, 2) is None, "more may be on its way"
    async with connection.transaction():
        later = await quiet.complete(connection, LOG, 2)
    assert later is not None
    assert now < later

"""Policies over another log that lost its tail: what they did for what is lost is listed, what
stands there now is reacted to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from shared.core.births import Fork
from shared.core.derived import derived
from shared.runtime.policies.reacting import Reactor
from shared.runtime.publishing.publication import Publication
from shared.store import compensations, cursors
from shared.store.pool import Connection, Pool
from tests.shared.conftest import MakeReactor
from tests.shared.toy.asking import LOG
from tests.shared.toy.carried import Record, outgoing, records, take
from tests.shared.toy.contracts import PARTITIONS
from tests.shared.toy.decider import Purse
from tests.shared.toy.followed import places
from tests.shared.toy.mirroring import (
    NAME,
    listed,
    mirror_of,
    mirrored,
    mirroring,
    react,
    waiting,
)
from tests.shared.toy.pasts import opened, put, record, taken
from tests.shared.toy.restored import Owner, crossed, happen, restored

pytestmark = pytest.mark.postgres


class Lost:
    """What a policy did for what is lost, as the list has it."""

    def __init__(self, reading: Pool) -> None:
        self._reading = reading

    async def lines(self) -> list[compensations.Compensation]:
        """The whole list."""
        async with self._reading.acquire() as there:
            return await compensations.of(there)

    async def places(self) -> list[tuple[int, int, int]]:
        """Epoch, position and ordinal of each line."""
        return [(one.epoch, one.position, one.ordinal) for one in await self.lines()]


@pytest.fixture
def lost(reading: Pool) -> Lost:
    return Lost(reading)


async def told(pool: Pool, publication: Publication) -> tuple[Record, ...]:
    """All that the log tells now."""
    return records(await outgoing(pool, publication))


async def test_reactions_to_what_is_lost_are_listed_and_what_stands_there_now_is_reacted_to(
    connection: Connection,
    owner: Owner,
    pool: Pool,
    reading: Pool,
    publication: Publication,
    reactor: Reactor,
    lost: Lost,
) -> None:
    [one, two] = await record(connection, [opened(), put(4)], [opened("d/s2")])
    await happen(connection, one, put(10), taken(3))
    await take(publication.source, [reactor], await told(pool, publication))
    assert await mirrored(reading, one) == (Purse("open", "d/s1", 11), 6)
    await restored(owner, 3)
    await happen(connection, two, put(100), put(200))
    await take(publication.source, [reactor], await told(pool, publication))
    lines = await lost.lines()
    assert await lost.places() == [(1, 4, 0), (1, 4, 1), (1, 5, 0)]
    assert {(line.policy, line.log) for line in lines} == {(NAME, LOG)}
    assert [line.command_id for line in lines] == [
        derived(LOG, "4", NAME, "0"), derived(LOG, "4", NAME, "1"), derived(LOG, "5", NAME, "0"),
    ]  # fmt: skip
    assert [line.streams for line in lines] == [[mirror_of(one)]] * 3
    assert [line.types for line in lines] == [["money-put"], ["money-put"], ["money-taken"]]
    assert await mirrored(reading, one) == (Purse("open", "d/s1", 11), 6), "people undo it"
    assert await mirrored(reading, two) == (Purse("open", "d/s2", 300), 5)
    assert max((await places(reading, NAME)).values()) == 5
    assert await crossed(reading, NAME) == [Fork(2, 3)]


async def test_whoever_had_taken_nothing_of_the_tail_has_nothing_on_the_list(
    connection: Connection,
    owner: Owner,
    pool: Pool,
    reading: Pool,
    publication: Publication,
    reactor: Reactor,
    lost: Lost,
) -> None:
    [one] = await record(connection, [opened(), put(4)])
    await take(publication.source, [reactor], await told(pool, publication))
    await happen(connection, one, put(10))
    await restored(owner, 2)
    await happen(connection, one, put(100))
    await take(publication.source, [reactor], await told(pool, publication))
    assert await lost.lines() == []
    assert await mirrored(reading, one) == (Purse("open", "d/s1", 104), 5)


async def test_what_was_asked_for_before_a_crash_is_listed_though_no_cursor_tells(
    connection: Connection,
    owner: Owner,
    pool: Pool,
    reading: Pool,
    publication: Publication,
    reactor: Reactor,
    lost: Lost,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def crashed(*_: Any) -> None:
        raise ConnectionResetError

    [one] = await record(connection, [opened(), put(4)])
    await happen(connection, one, put(10))
    sent = await told(pool, publication)
    with monkeypatch.context() as patch:
        patch.setattr(cursors, "advance", crashed)
        with pytest.raises(ConnectionResetError):
            await take(publication.source, [reactor], sent)
    assert set((await places(reading, NAME)).values()) == {0}
    await restored(owner, 2)
    await happen(connection, one, put(100))
    await take(publication.source, [reactor], await told(pool, publication))
    assert await lost.places() == [(1, 3, 0), (1, 3, 1)]
    # what both lives share is asked for under the ids that it had: once
    assert await mirrored(reading, one) == (Purse("open", "d/s1", 114), 7)


async def test_refused_and_parked_of_what_is_lost_are_forgotten_and_refused_again(
    connection: Connection,
    owner: Owner,
    pool: Pool,
    reading: Pool,
    publication: Publication,
    make: MakeReactor,
    lost: Lost,
) -> None:
    def fragile(recorded: Any) -> Any:
        if getattr(recorded.event, "fen", 0) == 13:
            raise ValueError
        return react(recorded)

    reactor = make(mirroring(react=fragile))
    await reactor.prepare()
    [one, two] = await record(connection, [opened(), taken(9)], [opened("d/s2")])
    await happen(connection, one, taken(8))
    await happen(connection, two, put(13), put(5))
    await take(publication.source, [reactor], await told(pool, publication))
    assert await listed(reading) == [(2, 0, "not_enough"), (4, 0, "not_enough")]
    assert [position for position, _ in await waiting(reading)] == [5, 6]
    await restored(owner, 3)
    await happen(connection, two, put(1))
    await happen(connection, one, taken(7))
    await happen(connection, two, put(13))
    await take(publication.source, [reactor], await told(pool, publication))
    assert await listed(reading) == [(2, 0, "not_enough"), (5, 0, "not_enough")]
    assert [position for position, _ in await waiting(reading)] == [6]
    assert await lost.lines() == [], "what was refused or parked changed nothing"
    assert await mirrored(reading, two) == (Purse("open", "d/s2", 1), 3)
    assert await reactor.replay(two) == 1


async def test_a_reaction_of_many_commands_is_listed_whole(
    connection: Connection,
    owner: Owner,
    pool: Pool,
    publication: Publication,
    make: MakeReactor,
    lost: Lost,
) -> None:
    def many(recorded: Any) -> Any:
        return list(react(recorded)) * 9  # the purse is opened once, and refused eight times

    reactor = make(mirroring(react=many))
    await reactor.prepare()
    [one] = await record(connection, [opened()])
    await happen(connection, one, put(2))
    await take(publication.source, [reactor], await told(pool, publication))
    await restored(owner, 0)
    await take(publication.source, [reactor], await told(pool, publication))
    await reactor.catch_up()
    assert await lost.places() == [(1, 1, 0), *[(1, 2, ordinal) for ordinal in range(18)]]


async def test_all_of_it_twice(
    connection: Connection,
    owner: Owner,
    pool: Pool,
    reading: Pool,
    publication: Publication,
    reactor: Reactor,
    lost: Lost,
) -> None:
    [one] = await record(connection, [opened(), put(2), put(4)])
    await take(publication.source, [reactor], await told(pool, publication))
    await restored(owner, 2)
    await happen(connection, one, put(20), put(40))
    await take(publication.source, [reactor], await told(pool, publication))
    assert await lost.places() == [(1, 3, 0), (1, 3, 1)]
    await restored(owner, 1)
    await happen(connection, one, put(200), put(400), put(800), put(1600))
    for _ in range(2):
        await take(publication.source, [reactor], await told(pool, publication))
        await reactor.catch_up()
    assert await lost.places() == [
        (1, 3, 0), (1, 3, 1),
        (1, 2, 0), (1, 2, 1), (2, 3, 0), (2, 3, 1), (2, 4, 0), (2, 4, 1),
    ]  # fmt: skip
    assert len({line.command_id for line in await lost.lines()}) == 8
    purse, events = await mirrored(reading, one)
    assert (purse.fen, events) == (2 + 4 + 20 + 40 + 200 + 400 + 800 + 1600, 17)
    assert await crossed(reading, NAME) == [Fork(2, 2), Fork(3, 1)]


async def test_a_policy_that_starts_now_begins_in_the_epoch_that_it_finds(
    connection: Connection,
    owner: Owner,
    pool: Pool,
    reading: Pool,
    publication: Publication,
    make: MakeReactor,
) -> None:
    [one] = await record(connection, [opened(), put(2), put(4)])
    await restored(owner, 1)
    await happen(connection, one, put(20), put(40))
    reactor = make(mirroring("now"))
    await reactor.prepare()
    assert await places(reading, NAME) == dict.fromkeys(range(PARTITIONS), 3)
    stranger = UUID(int=5)
    await happen(connection, stranger, opened("d/s2"))
    await take(publication.source, [reactor], await told(pool, publication))
    assert await mirrored(reading, one) == (Purse(), 0)
    assert await mirrored(reading, stranger) == (Purse("open", "d/s2"), 1)
    assert await crossed(reading, NAME) == []

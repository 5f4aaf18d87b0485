"""Policies that cannot do what they say: refusals are listed, what cannot be reacted to waits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from shared.core.envelope import Recorded
from shared.core.policy import Reaction
from shared.runtime.commands.execute import Executor
from shared.runtime.commands.grouped import Overloaded
from shared.runtime.policies.reacting import Reactor
from shared.runtime.publishing.publication import Publication
from shared.store import refused
from shared.store.append import append
from shared.store.pool import Connection, Pool
from tests.shared.conftest import MakeReactor
from tests.shared.toy.appending import On, decided
from tests.shared.toy.asking import LOG
from tests.shared.toy.carried import outgoing, record, records, take
from tests.shared.toy.decider import Purse, purse
from tests.shared.toy.mirroring import listed, mirror_of, mirrored, mirroring, react, waiting
from tests.shared.toy.pasts import opened, put, taken
from tests.shared.toy.pasts import record as record_past

pytestmark = pytest.mark.postgres


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
    make: MakeReactor,
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

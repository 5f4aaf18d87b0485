"""Policies that a service completes with what it knows of the present: asked once in effect."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from shared.core.envelope import Recorded
from shared.core.messages import Rejected
from shared.core.policy import Reaction
from shared.runtime.commands.execute import Executor
from shared.runtime.following.feed_client import FeedClient
from shared.runtime.policies.own_log import OwnLog
from shared.runtime.policies.reacting import Reactor
from shared.runtime.publishing.publication import Publication
from shared.store import cursors
from shared.store.pool import Connection, Pool
from tests.shared.toy.asking import LOG
from tests.shared.toy.commands import PutMoney
from tests.shared.toy.contracts import PARTITIONS
from tests.shared.toy.decider import Purse, purse
from tests.shared.toy.mirroring import MIRROR, NAME, listed, mirrored, mirroring, react, waiting
from tests.shared.toy.pasts import opened, put, record, taken
from tests.shared.toy.restored import Brought

pytestmark = pytest.mark.postgres


class House:
    """The rule of the house: what is put into a mirror counts so often; None takes nothing."""

    times: int | None = 1
    fault: Exception | None = None

    async def informed(self, reaction: Reaction) -> Reaction:
        """With the rule that is in force."""
        if self.fault is not None:
            raise self.fault
        if not isinstance(reaction.command, PutMoney):
            return reaction
        if self.times is None:
            raise Rejected("nothing_counts")
        return replace(reaction, command=replace(reaction.command, times=self.times))


def others(recorded: Recorded[Any]) -> Sequence[Reaction]:
    """Mirrors have no mirrors of their own."""
    return [] if recorded.actor == MIRROR.id else react(recorded)


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def make(executor: Executor, pool: Pool, house: House) -> Callable[[], OwnLog]:
    """Makes runners of the policy in this house."""

    def made() -> OwnLog:
        return OwnLog(executor, mirroring(react=others), purse.events, pool, house.informed)

    return made


@pytest.fixture
async def policy(make: Callable[[], OwnLog]) -> OwnLog:
    made = make()
    await made.prepare()
    return made


async def _crash(policy: OwnLog, monkeypatch: pytest.MonkeyPatch) -> None:
    """It asks, and stops before it notes that it did."""

    async def crashed(*_: Any) -> None:
        raise ConnectionResetError

    with monkeypatch.context() as patch:
        patch.setattr(cursors, "move", crashed)
        with pytest.raises(ConnectionResetError):
            await policy.step()


async def test_what_is_asked_is_completed_with_the_rule_in_force(
    connection: Connection, pool: Pool, policy: OwnLog, house: House
) -> None:
    [one] = await record(connection, [opened(), put(5)])
    await policy.drain()
    house.times = 3
    [two] = await record(connection, [opened(), put(5)])
    await policy.drain()
    assert await mirrored(pool, one) == (Purse("open", "d/s1", 5), 3)
    assert await mirrored(pool, two) == (Purse("open", "d/s1", 15), 7)


async def test_what_is_asked_again_under_other_rules_keeps_its_first_answer(
    connection: Connection,
    pool: Pool,
    policy: OwnLog,
    make: Callable[[], OwnLog],
    house: House,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    [key] = await record(connection, [opened(), put(5), taken(1)])
    await _crash(policy, monkeypatch)
    for now in (4, None):
        house.times = now
        await _crash(make(), monkeypatch)
    await make().drain()
    assert await mirrored(pool, key) == (Purse("open", "d/s1", 4), 4)
    assert await listed(pool) == [], "what was done is not listed as refused"


async def test_what_cannot_be_completed_is_listed_as_refused(
    connection: Connection, pool: Pool, policy: OwnLog, house: House
) -> None:
    house.times = None
    [key] = await record(connection, [opened(), put(5)])
    await policy.drain()
    assert await listed(pool) == [(2, 0, "nothing_counts"), (2, 1, "nothing_counts")]
    assert await mirrored(pool, key) == (Purse("open", "d/s1", 0), 1)


async def test_a_fault_that_passes_leaves_the_event_to_be_asked_for_again(
    connection: Connection, pool: Pool, policy: OwnLog, house: House
) -> None:
    [key] = await record(connection, [opened(), put(5)])
    house.fault = ConnectionResetError()
    with pytest.raises(ConnectionResetError):
        await policy.step()
    async with pool.acquire() as there:
        assert (await cursors.read(there, [NAME], LOG))[NAME].position == 0
    house.fault = None
    await policy.drain()
    assert await mirrored(pool, key) == (Purse("open", "d/s1", 5), 3)


async def test_an_event_that_cannot_be_completed_for_what_it_says_waits(
    connection: Connection, pool: Pool, policy: OwnLog, house: House
) -> None:
    await record(connection, [opened()])
    house.fault = LookupError("no such place")
    await policy.drain()
    assert await waiting(pool) == [(1, "cannot be taken: LookupError")]


async def test_a_policy_about_another_service_is_completed_too(
    connection: Connection,
    reading: Pool,
    mirror: Executor,
    publication: Publication,
    feed: FeedClient,
    brought: Brought,
    house: House,
) -> None:
    house.times = 2
    following = (reading, feed, PARTITIONS)
    reactor = Reactor(mirror, mirroring(), publication.source, following, house.informed)
    await reactor.prepare()
    [key] = await record(connection, [opened(), put(5)])
    await brought(reactor)
    assert await mirrored(reading, key) == (Purse("open", "d/s1", 10), 5)

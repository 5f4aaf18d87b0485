"""Policies over a service's own log: each event is reacted to once, whatever happens."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import pytest

from shared.core.envelope import Recorded
from shared.core.policy import Policy, Reaction
from shared.runtime.commands.execute import Executor
from shared.runtime.policies.own_log import OwnLog
from shared.store import cursors
from shared.store.append import append
from shared.store.cursors import CursorMoved
from shared.store.pool import Connection, Pool
from tests.shared.toy.appending import On, decided
from tests.shared.toy.asking import LOG
from tests.shared.toy.decider import Purse, purse
from tests.shared.toy.events import MoneyPut, PurseOpened
from tests.shared.toy.mirroring import MIRROR, NAME, listed, mirrored, mirroring, react, waiting
from tests.shared.toy.pasts import opened, put, record, taken
from tests.shared.toy.waiting import running, until

pytestmark = pytest.mark.postgres

Make = Callable[..., OwnLog]
SCHEMA = "update event set schema_version = $1 where stream_id = $2 and version = 2"


def others(recorded: Recorded[Any]) -> Sequence[Reaction]:
    """Mirrors have no mirrors of their own."""
    return [] if recorded.actor == MIRROR.id else react(recorded)


@pytest.fixture
def make(executor: Executor, pool: Pool) -> Make:
    """Makes runners of policies over the log of purses."""

    def made(policy: Policy[Any] | None = None) -> OwnLog:
        return OwnLog(executor, policy or mirroring(react=others), purse.events, pool)

    return made


@pytest.fixture
async def policy(make: Make) -> OwnLog:
    made = make()
    await made.prepare()
    return made


async def _stands(pool: Pool) -> int:
    async with pool.acquire() as connection:
        return (await cursors.read(connection, [NAME], LOG))[NAME].position


async def test_what_happens_in_the_log_is_asked_for_in_the_log(
    connection: Connection, pool: Pool, policy: OwnLog
) -> None:
    [one, two] = await record(connection, [opened(), put(5), taken(2)], [opened("d/s2")])
    await policy.drain()
    assert await mirrored(pool, one) == (Purse("open", "d/s1", 3), 4)
    assert await mirrored(pool, two) == (Purse("open", "d/s2", 0), 1)
    assert await _stands(pool) == 9, "it has come past what it asked for itself"
    assert await policy.step() == 0


async def test_it_follows_the_log_until_told_to_stop(
    connection: Connection, pool: Pool, policy: OwnLog
) -> None:
    async with running(policy.run):
        [key] = await record(connection, [opened(), put(5)])

        async def met() -> bool:
            return await mirrored(pool, key) == (Purse("open", "d/s1", 5), 3)

        await until(met)


async def test_it_is_given_what_it_is_about_only(
    connection: Connection, pool: Pool, make: Make
) -> None:
    seen: list[str] = []

    def look(recorded: Recorded[Any]) -> Sequence[Reaction]:
        seen.append(recorded.type)
        return []

    policy = make(Policy(name=NAME, starts="beginning", react=look, of=PurseOpened | MoneyPut))
    await policy.prepare()
    await record(connection, [opened(), taken(0), put(5), taken(1)])
    await policy.drain()
    assert sorted(seen) == ["money-put", "purse-opened"]


async def test_a_crash_between_a_command_and_the_cursor_asks_again_and_changes_nothing(
    connection: Connection, pool: Pool, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    [key] = await record(connection, [opened(), put(5), taken(9)])

    async def crashed(*_: Any) -> None:
        raise ConnectionResetError

    for _ in range(3):
        policy = make()
        await policy.prepare()
        with monkeypatch.context() as patch:
            patch.setattr(cursors, "move", crashed)
            with pytest.raises(ConnectionResetError):
                await policy.step()
        assert await _stands(pool) == 0
        assert await listed(pool) == [], "the list is kept with the cursor"
    await make().drain()
    assert await mirrored(pool, key) == (Purse("open", "d/s1", 5), 3)
    assert await listed(pool) == [(3, 0, "not_enough")]


async def test_of_two_runners_at_once_every_command_has_its_effect_once(
    connection: Connection, pool: Pool, make: Make
) -> None:
    ids = await record(connection, *([opened(), put(5), taken(9)],) * 9)
    runners = [make(), make()]
    await asyncio.gather(*(one.prepare() for one in runners))
    done = await asyncio.gather(*(one.step() for one in runners), return_exceptions=True)
    assert {type(one) for one in done} <= {int, CursorMoved}
    assert int in {type(one) for one in done}
    await runners[0].drain()
    for key in ids:
        assert await mirrored(pool, key) == (Purse("open", "d/s1", 5), 3)
    assert len(await listed(pool)) == 9


async def test_imported_history_is_not_reacted_to(
    connection: Connection, pool: Pool, policy: OwnLog
) -> None:
    old, new = UUID(int=1), UUID(int=2)
    await append(connection, LOG, [decided(On(old, 0, [opened(), put(5)]), origin="history")])
    await append(connection, LOG, [decided(On(new, 0, [opened()]))])
    await policy.drain()
    assert await mirrored(pool, old) == (Purse(), 0)
    assert await mirrored(pool, new) == (Purse("open", "d/s1"), 1)


@pytest.mark.parametrize(("starts", "events"), [("beginning", 6), ("now", 3)])
async def test_a_policy_says_where_it_starts(
    starts: str, events: int, connection: Connection, pool: Pool, make: Make
) -> None:
    [key] = await record(connection, [opened(), put(5)])
    policy = make(mirroring(starts, others))
    await policy.prepare()
    assert await _stands(pool) == {"beginning": 0, "now": 2}[starts]
    [later] = await record(connection, [opened(), put(3)])
    again = make(mirroring("now", others))
    await again.prepare()
    await again.drain()
    total = (await mirrored(pool, key))[1] + (await mirrored(pool, later))[1]
    assert total == events


async def test_what_cannot_be_read_waits_with_its_stream_alone_until_it_can(
    connection: Connection, owner: Connection, pool: Pool, policy: OwnLog
) -> None:
    [one, two] = await record(connection, [opened(), put(5), put(6)], [opened()])
    await owner.execute(SCHEMA, 99, one)
    await policy.drain()
    assert await mirrored(pool, one) == (Purse("open", "d/s1", 0), 1)
    assert await mirrored(pool, two) == (Purse("open", "d/s1", 0), 1)
    assert await waiting(pool) == [
        (2, "cannot be read: money-put v99"), (3, "behind an earlier event of its stream"),
    ]  # fmt: skip
    assert await policy.replay(one) == 2
    await owner.execute(SCHEMA, 1, one)
    assert await policy.replay(one) == 0
    assert await waiting(pool) == []
    assert await mirrored(pool, one) == (Purse("open", "d/s1", 11), 5)

"""What a command answers to: the event it names can be found again, from log to log."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from shared.runtime.commands.because import Because, because
from shared.runtime.commands.execute import Executor
from shared.runtime.following.follower import Follower
from shared.runtime.policies.reacting import Reactor
from shared.store import read
from shared.store.pool import Connection, Pool
from shared.testkit.causes import the_event, types_of, walked_back
from tests.shared.toy.asking import LOG, NOON, asked, opening, putting, taking
from tests.shared.toy.mirroring import MIRRORS, mirror_of
from tests.shared.toy.pasts import opened, put, record
from tests.shared.toy.restored import Brought

pytestmark = pytest.mark.postgres


async def test_a_command_that_answers_to_an_event_belongs_to_its_matter(
    executor: Executor, connection: Connection, pool: Pool
) -> None:
    [one, two] = await record(connection, [opened(), put(5)], [opened("d/s2")])
    cause = await because(pool, LOG, one, 2)
    assert cause is not None
    await executor.execute(asked(putting(5), two).answering(cause))
    put_there = await the_event(pool, two, "money-put")
    [answered, caused] = await walked_back({LOG: pool}, put_there)
    assert (caused["stream_id"], caused["version"]) == (one, 2)
    assert answered["correlation_id"] == caused["correlation_id"]
    assert answered["recorded_at"] >= caused["recorded_at"] == cause.known_at


async def test_what_a_command_leads_to_is_recorded_no_earlier_than_what_it_answers_to(
    executor: Executor, connection: Connection, pool: Pool
) -> None:
    [key] = await record(connection, [opened()])
    cause = await because(pool, LOG, key, 1)
    assert cause is not None
    ahead = cause._replace(known_at=cause.known_at + timedelta(seconds=2))
    await executor.execute(asked(putting(1), key).answering(ahead))
    assert (await the_event(pool, key, "money-put"))["recorded_at"] >= ahead.known_at


async def test_there_is_no_cause_where_there_is_no_event(
    connection: Connection, pool: Pool
) -> None:
    [key] = await record(connection, [opened()])
    assert await because(pool, LOG, key, 1) is not None
    assert await because(pool, LOG, key, 2) is None
    assert await because(pool, LOG, uuid4(), 1) is None
    assert await because(pool, "another", key, 1) is None


async def test_a_command_that_answers_to_nothing_stays_as_it_is() -> None:
    plain = asked(taking(1), uuid4())
    assert plain.answering(None) is plain
    cause = Because(uuid4(), uuid4(), NOON)
    assert plain.answering(cause).answering(None) == plain.answering(cause)


async def test_it_names_the_event_as_a_policy_of_another_service_does(
    executor: Executor,
    connection: Connection,
    pool: Pool,
    reading: Pool,
    reactor: Reactor,
    brought: Brought,
) -> None:
    [key] = await record(connection, [opened()])
    await executor.execute(asked(putting(4), key).answering(await because(pool, LOG, key, 1)))
    follower: Follower = reactor
    await brought(follower)
    mirrored = await the_event(reading, mirror_of(key), "money-put")
    chain = await walked_back({LOG: pool, MIRRORS: reading}, mirrored)
    assert types_of(chain) == ["money-put", "money-put", "purse-opened"]
    assert [row["log"] for row in chain] == [MIRRORS, LOG, LOG]
    assert len({row["correlation_id"] for row in chain}) == 1
    with pytest.raises(LookupError, match="money-put"):
        await walked_back({MIRRORS: reading}, mirrored)


async def test_an_event_that_nothing_caused_ends_the_way_back(
    executor: Executor, pool: Pool
) -> None:
    key = uuid4()
    await executor.execute(asked(opening(), key))
    async with pool.acquire() as connection:
        [first] = await read.stream(connection, key)
    assert types_of(await walked_back({LOG: pool}, first)) == ["purse-opened"]
    with pytest.raises(LookupError, match="no money-put"):
        await the_event(pool, key, "money-put")

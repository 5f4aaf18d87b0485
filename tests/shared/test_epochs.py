"""The lives of a log: one at a time, each begun once, with a fork that the log has."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.core import births
from shared.core.births import Fork
from shared.core.derived import derived
from shared.runtime.publishing.leading import Lease
from shared.store import epochs
from shared.store.epochs import NoSuchFork
from shared.store.leader import NotLeader
from shared.store.pool import Connection, Pool, connect
from shared.testkit.databases import TestDatabase
from tests.shared.toy.asking import LOG
from tests.shared.toy.pasts import opened, put, record
from tests.shared.toy.restored import Owner

pytestmark = pytest.mark.postgres


async def test_of_many_who_begin_a_log_at_once_one_does(log_database: TestDatabase) -> None:
    made = await asyncio.gather(*(connect(log_database.service) for _ in range(8)))
    try:
        for log in ("one", "another", "third"):
            begun = await asyncio.gather(*(epochs.begin(one, log) for one in made))
            assert len(set(begun)) == 1
            assert (begun[0].number, begun[0].fork) == (1, 0)
            assert await epochs.all_of(made[0], log) == [begun[0]]
            assert await epochs.begin(made[0], log) == begun[0]
        ids = [(await epochs.current(made[0], log)).log_id for log in ("one", "another", "third")]
        assert len(set(ids)) == 3
    finally:
        for one in made:
            await one.close()


async def test_a_log_that_was_never_begun_has_no_life(connection: Connection) -> None:
    assert await epochs.all_of(connection, LOG) == []
    assert epochs.latest([]) == 1
    with pytest.raises(LookupError):
        await epochs.current(connection, LOG)


async def test_a_raise_keeps_the_id_and_says_where_and_why(connection: Connection) -> None:
    await record(connection, [opened(), put(1), put(2)])
    first = await epochs.begin(connection, LOG)
    second = await epochs.raise_epoch(connection, LOG, None, "the disk was lost")
    assert second[:4] == (LOG, 2, first.log_id, 3)
    assert second.reason == "the disk was lost"
    assert second.begun_at >= first.begun_at
    assert await epochs.current(connection, LOG) == second
    third = await epochs.raise_epoch(connection, LOG, 1, "the fork was set too far")
    assert (third.number, third.fork, third.log_id) == (3, 1, first.log_id)
    assert await epochs.all_of(connection, LOG) == [first, second, third]
    assert epochs.latest([first, second, third]) == 3


async def test_a_log_that_nobody_began_can_be_raised(connection: Connection) -> None:
    assert (await epochs.raise_epoch(connection, LOG, 0, "restored")).number == 2
    assert [one.number for one in await epochs.all_of(connection, LOG)] == [1, 2]


@pytest.mark.parametrize(("fork", "number"), [(3, None), (-1, None), (1, 1), (1, 2)])
async def test_a_fork_that_the_log_has_not_and_a_number_that_was_used_are_refused(
    fork: int, number: int | None, connection: Connection
) -> None:
    await record(connection, [opened(), put(1)])
    await epochs.raise_epoch(connection, LOG, None, "restored")
    known = await epochs.all_of(connection, LOG)
    with pytest.raises(NoSuchFork):
        await epochs.raise_epoch(connection, LOG, fork, "again", number=number)
    assert await epochs.all_of(connection, LOG) == known


async def test_a_copy_that_does_not_know_of_a_raise_is_told_its_number(
    connection: Connection, owner: Owner
) -> None:
    await epochs.raise_epoch(connection, LOG, None, "restored")
    await owner.execute("delete from log_epoch where epoch = 2")  # a copy from before
    made = await epochs.raise_epoch(connection, LOG, None, "restored again", number=3)
    assert made.number == 3


async def test_many_who_raise_at_once_do_so_one_after_the_other(log_database: TestDatabase) -> None:
    made = await asyncio.gather(*(connect(log_database.service) for _ in range(5)))
    try:
        raised = await asyncio.gather(
            *(epochs.raise_epoch(one, LOG, None, "restored") for one in made)
        )
        assert sorted(one.number for one in raised) == [2, 3, 4, 5, 6]
    finally:
        for one in made:
            await one.close()


async def test_a_raise_waits_for_whoever_appends(connection: Connection, owner: Owner) -> None:
    transaction = owner.transaction()
    await transaction.start()
    await record(owner, [opened(), put(1)])
    raising = asyncio.create_task(epochs.raise_epoch(connection, LOG, None, "restored"))
    done, _ = await asyncio.wait([raising], timeout=0.2)
    assert not done
    await transaction.commit()
    assert (await raising).fork == 2


async def test_whoever_leads_the_relay_leads_no_longer(connection: Connection, pool: Pool) -> None:
    lease = Lease(pool, LOG)
    assert await lease.take()
    await epochs.raise_epoch(connection, LOG, None, "restored")
    async with pool.acquire() as leading, leading.transaction():
        with pytest.raises(NotLeader):
            await lease.keep(leading)
    assert await lease.take()


async def test_what_two_lives_share_ends_at_the_earliest_fork_between(
    connection: Connection,
) -> None:
    await record(connection, [opened(), *[put(1)] * 9])
    for fork in (8, 5, 7):
        await epochs.raise_epoch(connection, LOG, fork, "restored")
    lives = await epochs.all_of(connection, LOG)
    assert [epochs.shared(lives, known) for known in (1, 2, 3, 4)] == [5, 5, 7, None]


@given(st.lists(st.tuples(st.integers(2, 9), st.integers(0, 20)), unique_by=lambda one: one[0]))
def test_an_event_is_of_the_last_epoch_that_gave_out_its_position(
    told: list[tuple[int, int]],
) -> None:
    forks = [Fork(*one) for one in sorted(told)]
    written = dict.fromkeys(range(1, 31), 1)
    for epoch, fork in forks:
        written |= {position: epoch for position in written if position > fork}
    assert {position: births.birth(forks, position) for position in written} == written


def test_no_two_births_have_one_name_and_the_first_is_what_it_always_was() -> None:
    names = [births.name("purses", position, born) for position in (1, 2, 12) for born in (1, 2, 3)]
    assert len({derived(*one, "policy", "0") for one in names}) == len(names)
    assert births.name("purses", 7, 1) == ("purses", "7")

"""The lease of a log: one leader at a time, by the server's clock, whatever the leader believes."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from shared.runtime.publishing.leading import Lease
from shared.store import leader
from shared.store.leader import NotLeader
from shared.store.pool import Connection, Pool
from tests.shared.toy.asking import LOG
from tests.shared.toy.waiting import until

pytestmark = pytest.mark.postgres

LEFT = "select until - clock_timestamp() from leader where log = $1"
RUN_OUT = "update leader set until = clock_timestamp() - interval '1 second' where log = $1"


@pytest.fixture
def leases(pool: Pool) -> tuple[Lease, Lease]:
    """Two processes that would lead."""
    return Lease(pool, LOG), Lease(pool, LOG)


async def keep(pool: Pool, lease: Lease) -> None:
    """As a leader does with its work."""
    async with pool.acquire() as connection, connection.transaction():
        await lease.keep(connection)


async def test_who_asks_first_leads_and_the_other_does_not(
    pool: Pool, leases: tuple[Lease, Lease]
) -> None:
    one, two = leases
    assert await one.take()
    assert not await two.take()
    await keep(pool, one)
    with pytest.raises(NotLeader):
        await keep(pool, two)


async def test_of_many_who_ask_at_once_one_leads(pool: Pool) -> None:
    for _ in range(5):
        asked = [Lease(pool, LOG) for _ in range(8)]
        assert sum(await asyncio.gather(*(lease.take() for lease in asked))) == 1
        async with pool.acquire() as connection:
            await connection.execute(RUN_OUT, LOG)


async def test_each_log_has_a_leader_of_its_own(pool: Pool) -> None:
    assert await Lease(pool, LOG).take()
    assert await Lease(pool, "another").take()


async def test_a_lease_lasts_from_the_moment_it_is_taken_or_kept(
    connection: Connection, pool: Pool, leases: tuple[Lease, Lease]
) -> None:
    one, _ = leases
    await one.take()
    await connection.execute("update leader set until = clock_timestamp() + interval '1 second'")
    await keep(pool, one)
    left = await connection.fetchval(LEFT, LOG)
    assert leader.LEASE - timedelta(seconds=1) < left <= leader.LEASE


async def test_a_lease_that_ran_out_is_lost_only_when_another_takes_it(
    connection: Connection, pool: Pool, leases: tuple[Lease, Lease]
) -> None:
    one, two = leases
    await one.take()
    await connection.execute(RUN_OUT, LOG)
    await keep(pool, one)
    assert not await two.take(), "it was kept in time"
    await connection.execute(RUN_OUT, LOG)
    assert await two.take()
    with pytest.raises(NotLeader):
        await keep(pool, one)
    assert not await one.take()
    await keep(pool, two)


async def test_a_leader_of_an_earlier_term_is_not_the_leader_even_if_it_is_the_same_process(
    connection: Connection,
) -> None:
    holder = uuid4()
    first = await leader.take(connection, LOG, holder)
    second = await leader.take(connection, LOG, holder)
    assert first is not None
    assert second == first + 1
    with pytest.raises(NotLeader):
        await leader.keep(connection, LOG, holder, first)
    await leader.leave(connection, LOG, holder, first)
    await leader.keep(connection, LOG, holder, second)
    assert await leader.take(connection, LOG, uuid4()) is None


async def test_who_leaves_lets_another_lead_at_once(
    pool: Pool, leases: tuple[Lease, Lease]
) -> None:
    one, two = leases
    await one.take()
    await one.leave()
    assert await two.take()
    await one.leave()
    await keep(pool, two)
    assert not await one.take()


async def test_what_a_lost_leader_does_in_that_transaction_is_undone(
    connection: Connection, pool: Pool, leases: tuple[Lease, Lease]
) -> None:
    one, two = leases
    await one.take()
    await connection.execute(RUN_OUT, LOG)
    await two.take()
    work = "insert into cursor (subscription, log, position) values ('work', $1, 1)"

    async def lead() -> None:
        async with pool.acquire() as mine, mine.transaction():
            await mine.execute(work, LOG)
            await one.keep(mine)

    with pytest.raises(NotLeader):
        await lead()
    assert await connection.fetchval("select count(*) from cursor") == 0


async def test_two_terms_do_not_overlap_within_a_transaction(
    connection: Connection, pool: Pool, leases: tuple[Lease, Lease]
) -> None:
    one, two = leases
    await one.take()
    await connection.execute(RUN_OUT, LOG)
    async with connection.transaction():
        await one.keep(connection)
        taking = asyncio.create_task(two.take())
        done, _ = await asyncio.wait([taking], timeout=0.2)
        assert not done, "who takes waits for who keeps"
    assert not await asyncio.wait_for(taking, 5)


async def test_a_lease_ends_by_itself(
    pool: Pool, leases: tuple[Lease, Lease], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leader, "LEASE", timedelta(milliseconds=100))
    one, two = leases
    await one.take()
    assert not await two.take()
    await until(two.take, seconds=5)
    with pytest.raises(NotLeader):
        await keep(pool, one)

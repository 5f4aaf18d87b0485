"""Whoever is killed under load, events flow on: every contract reaches the other service's read
model, once in effect, and the lag is gone within seconds."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from random import Random, SystemRandom

import httpx
import pytest

from shared.store.pool import open_pool
from tests.faults import flow_proofs, proofs
from tests.faults.clerks import Book, Clerk
from tests.faults.flow import reached
from tests.faults.house import House

pytestmark = [pytest.mark.postgres, pytest.mark.faults, pytest.mark.timeout(3_000)]

LONG = "LINLI_FAULT_ROUNDS" in os.environ
PROCESSES, BROKERS, SERVERS = (40, 5, 6) if LONG else (6, 1, 1)
SEED = int(os.environ.get("LINLI_FAULT_SEED", SystemRandom().randrange(1_000_000)))
CLERKS = 12
BETWEEN = 30
MOMENT_SECONDS = 0.3
LAG_SECONDS = 15.0
PATIENCE_SECONDS = 60.0


@pytest.mark.parametrize("seed", [SEED])
async def test_whoever_is_killed_every_contract_arrives_once(house: House, seed: int) -> None:
    chance, book = Random(seed), Book()
    headers = {"authorization": f"Bearer {house.token('clerk-1', ['dispatcher'])}"}
    limits = httpx.Limits(max_connections=4 * CLERKS)
    async with httpx.AsyncClient(
        base_url=house.url, headers=headers, timeout=30, limits=limits
    ) as client:
        clerk = Clerk(client, house, book, chance)
        worst = await _work_through_havoc(clerk)
    assert worst <= LAG_SECONDS, f"after a kill it took {worst:.1f} s until all had arrived"
    house.stop_worker()
    await _prove(house)


async def _work_through_havoc(clerk: Clerk) -> float:
    """The longest time from a process being back to its lag being gone, in seconds."""
    stop, worst, clock = asyncio.Event(), 0.0, asyncio.get_running_loop().time
    async with asyncio.TaskGroup() as group:
        for _ in range(CLERKS):
            group.create_task(clerk.work(stop))
        await clerk.book.grown(by=BETWEEN)
        await _arrived(clerk)
        for kill in _victims(clerk.house, clerk.chance):
            await asyncio.sleep(clerk.chance.uniform(0, MOMENT_SECONDS))
            await asyncio.to_thread(kill)
            began = clock()
            await _arrived(clerk)
            worst = max(worst, clock() - began)
            async with asyncio.timeout(PATIENCE_SECONDS):
                await clerk.book.grown(by=BETWEEN)
        stop.set()
    await _arrived(clerk)
    return worst


def _victims(house: House, chance: Random) -> Sequence[Callable[[], None]]:
    """Web and worker each as often as the other, the broker, PostgreSQL; in any order."""
    both = [house.kill_web, house.kill_worker]
    victims = [both[n % 2] for n in range(PROCESSES)]
    victims += [house.kill_broker] * BROKERS + [house.kill_postgres] * SERVERS
    chance.shuffle(victims)
    return victims


async def _arrived(clerk: Clerk) -> None:
    """Return once the dashboard has all that was answered when this was called."""
    wanted = max(receipt.position for _, receipt in clerk.book.receipts.values())
    async with asyncio.timeout(PATIENCE_SECONDS):
        while await reached(clerk.house) < wanted:  # noqa: ASYNC110 - another process moves it
            await asyncio.sleep(0.02)


async def _prove(house: House) -> None:
    pool = await open_pool(house.postgres.dsn("grievance", "grievance"))
    try:
        await proofs.read_models_are_what_the_log_says(pool)
        other = await open_pool(house.postgres.dsn("dashboard", "dashboard"))
        try:
            await flow_proofs.the_dashboard_is_what_the_contracts_say(pool, other)
        finally:
            await other.close()
    finally:
        await pool.close()

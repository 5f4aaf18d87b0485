"""Processes are killed at random under load: every command is in the log once, and every retry
gets its first answer."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from random import Random, SystemRandom

import asyncpg
import httpx
import pytest

from shared.store.pool import open_pool
from tests.faults import proofs
from tests.faults.clerks import Book, Clerk
from tests.faults.house import House

pytestmark = [pytest.mark.postgres, pytest.mark.faults, pytest.mark.timeout(3_000)]

ROUNDS = int(os.environ.get("LINLI_FAULT_ROUNDS", "6"))
SEED = int(os.environ.get("LINLI_FAULT_SEED", SystemRandom().randrange(1_000_000)))
CLERKS = 12
BETWEEN = 30
MOMENT_SECONDS = 0.3
PATIENCE_SECONDS = 60.0
ASKED_AGAIN = 1_000


@pytest.mark.parametrize("seed", [SEED])
async def test_whoever_is_killed_a_command_is_done_once_and_answered_alike(
    house: House, seed: int
) -> None:
    chance, book = Random(seed), Book()
    headers = {"authorization": f"Bearer {house.token('clerk-1', ['dispatcher'])}"}
    limits = httpx.Limits(max_connections=4 * CLERKS)
    async with httpx.AsyncClient(
        base_url=house.url, headers=headers, timeout=30, limits=limits
    ) as client:
        clerk = Clerk(client, house, book, chance)
        await _work_through_havoc(clerk)
        assert book.interrupted, "nobody was ever interrupted: nothing was shown"
        await asyncio.gather(*(clerk.ask(book.receipts[key][0]) for key in _again(book, chance)))
    house.stop_worker()
    await _prove(house, book)


async def _work_through_havoc(clerk: Clerk) -> None:
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for _ in range(CLERKS):
            group.create_task(clerk.work(stop))
        await _some_work(clerk)
        for kill in _victims(clerk.house, clerk.chance):
            await asyncio.sleep(clerk.chance.uniform(0, MOMENT_SECONDS))
            await asyncio.to_thread(kill)
            await _some_work(clerk)
        stop.set()


def _victims(house: House, chance: Random) -> Sequence[Callable[[], None]]:
    """Each as often as the other, in any order."""
    both = [house.kill_web, house.kill_postgres]
    victims = [both[n % 2] for n in range(ROUNDS)]
    chance.shuffle(victims)
    return victims


async def _some_work(clerk: Clerk) -> None:
    """Wait until more was answered and the register shows it: all that was killed works again."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        await clerk.book.grown(by=BETWEEN)
        await clerk.sees_all()


def _again(book: Book, chance: Random) -> Sequence[str]:
    """Those who were interrupted, and some who were not."""
    calm = sorted(book.receipts.keys() - book.interrupted)
    return [*sorted(book.interrupted), *chance.sample(calm, min(len(calm), ASKED_AGAIN))]


async def _prove(house: House, book: Book) -> None:
    connection = await asyncpg.connect(house.postgres.dsn("grievance"))
    try:
        await proofs.everything_is_there_once(connection, book)
        await proofs.the_chain_holds(connection)
    finally:
        await connection.close()
    pool = await open_pool(house.postgres.dsn("grievance", "grievance"))
    try:
        await proofs.read_models_are_what_the_log_says(pool)
    finally:
        await pool.close()

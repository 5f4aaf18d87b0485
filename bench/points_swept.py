"""The year's end of everybody's points: swept by the timer while the service answers."""

from __future__ import annotations

import asyncio
import base64
import os
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from multiprocessing import get_context
from random import Random
from typing import Any
from uuid import UUID

import asyncpg

from bench.figures import Bar, Figure, Measure, Sample
from bench.living import Life, fill, person
from bench.pointed import FIRST, SWEPT, YEAR_END, community
from bench.stage import SHORT, Stage, load
from services.points.account.events import PointsAccountOpened, PointsEarned
from services.points.account.stream import account_of
from services.points.crediting.reckoning import account_in, stood
from services.points.expiring.sweeping import sweep
from services.points.log import EVENTS, LOG
from services.points.queries.accounts import Accounts
from services.points.rules.book_2026_1 import BOOK
from services.points.service import PointsService, opened
from services.points.settings import Settings
from shared.core.local_time import day_of
from shared.core.messages import Event
from shared.ops.settings import Databases
from shared.store.pool import open_pool
from shared.testkit.databases import TestDatabase

MINUTES = 15
EVERY = 0.02  # seconds between two balances that somebody asks for meanwhile
SWEPT_AT = SWEPT + timedelta(hours=1)
LEFT = "select count(*) from points_accounts where ends_next < $1"


def measure(stage: Stage) -> list[Measure]:
    """One round: a year's end comes once."""
    short = stage.window.streams <= SHORT.streams
    accounts = int(os.environ.get("LINLI_BENCH_SWEPT", 500 if short else 1_000_000))
    entries = int(os.environ.get("LINLI_BENCH_SWEPT_ENTRIES", 3))
    before = load()
    swept, answered = asyncio.run(_swept(stage, accounts, entries))
    made = f"{accounts:,} accounts with {entries} entries each, all of which end"
    sweeping = Figure("year's end swept", "accounts/s", f"{made}; read models kept up", [swept])
    asking = Figure(
        "balance during the sweep",
        "balances/s",
        f"by another process, one each 20 ms; {made}",
        [answered],
    )
    rate = accounts / (MINUTES * 60)
    return [
        Measure(sweeping, Bar(rate=rate), [], before),
        Measure(asking, Bar(p95=10), [], before),
    ]


async def _swept(stage: Stage, accounts: int, entries: int) -> tuple[Sample, Sample]:
    async with (
        stage.server.database("template_log") as log,
        stage.server.database("template_keys") as keys,
    ):
        await _filled(log, accounts, entries)
        settings = Settings(
            points=Databases(dsn=log.service, keys_dsn=keys.service),
            master_key=base64.b64encode(os.urandom(32)).decode(),
        )
        async with opened(settings) as service, _projecting(service):
            await service.watermarks.follow(["points_accounts"], await service.head())
            return await _both(service, log.service, accounts)


async def _both(service: PointsService, dsn: str, accounts: int) -> tuple[Sample, Sample]:
    """The sweep, while another process, as an API is, asks for balances."""
    context = get_context("spawn")
    stop, told = context.Event(), context.SimpleQueue()
    asking = context.Process(target=_asked, args=(dsn, accounts, stop, told))
    asking.start()
    began = time.perf_counter()
    while await sweep(service, SWEPT_AT):
        pass
    seconds = time.perf_counter() - began
    stop.set()
    took = await asyncio.to_thread(told.get)
    asking.join()
    async with service.pool.acquire() as connection:
        if left := await connection.fetchval(LEFT, day_of(SWEPT_AT)):
            raise RuntimeError(f"{left} accounts were not swept")
    return Sample(accounts / seconds), Sample.of(seconds, took)


def _asked(dsn: str, accounts: int, stop: Any, told: Any) -> None:
    told.put(asyncio.run(_balances(dsn, accounts, stop)))


async def _balances(dsn: str, accounts: int, stop: Any) -> list[float]:
    random, took = Random(6), list[float]()
    pool = await open_pool(dsn, size=2)
    asked = Accounts(pool)
    while not stop.is_set():
        began = time.perf_counter()
        row = await asked.of("person", person(random.randrange(accounts)))
        assert row is not None
        if stood(account_in(row), day_of(SWEPT_AT), SWEPT_AT).free:
            raise RuntimeError("something is spendable after its last day")
        took.append(time.perf_counter() - began)
        await asyncio.sleep(EVERY)
    await pool.close()
    return took


async def _filled(log: TestDatabase, accounts: int, entries: int) -> None:
    connection = await asyncpg.connect(log.owner)
    try:
        lives = (_life(number, entries) for number in range(accounts))
        await fill(connection, LOG, EVENTS, lives)
    finally:
        await connection.close()


def _life(number: int, entries: int) -> Life:
    stream = account_of("person", person(number))
    return Life(stream, community(number), _earned(person(number), community(number), entries))


def _earned(who: UUID, place: str, entries: int) -> Iterator[Event]:
    yield PointsAccountOpened(at=FIRST, kind="person", holder=who, keeper=who, territory=place)
    for number in range(entries):
        at = FIRST + timedelta(days=number)
        told: dict[str, Any] = {"reason": "activity", "quantity": 1, "points": 2, "over": 0}
        yield PointsEarned(
            at=at, day=day_of(at), repaid=0, rules=BOOK.version, territory=place,
            expires=YEAR_END, **told,
        )  # fmt: skip


@asynccontextmanager
async def _projecting(service: PointsService) -> AsyncIterator[None]:
    stop = asyncio.Event()
    task = asyncio.create_task(service.projector.run(stop))
    try:
        yield
    finally:
        stop.set()
        await task

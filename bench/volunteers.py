"""The time bank of a whole district: its read models built, statements, an approver's queue, and
everybody's star under a new ladder."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import BytesIO
from random import Random
from typing import Any

import asyncpg

from bench import volunteered
from bench.again import again
from bench.figures import Bar, Figure, Measure, Sample
from bench.living import person
from bench.stage import Stage, load
from bench.standing import Folded, stand
from bench.volunteered import Size
from services.volunteer.log import EVENTS, LOG
from services.volunteer.projections.service_records import service_records
from services.volunteer.projections.star_standing import star_standing
from services.volunteer.projections.time_accounts import time_accounts
from services.volunteer.projections.time_entries import time_entries
from services.volunteer.queries import eligibility
from services.volunteer.queries.accounts import Accounts, Lines
from services.volunteer.queries.eligibility import Judging, Ladder
from services.volunteer.queries.records import Records, Sought
from services.volunteer.rules.book_2026_1 import BOOK
from shared.runtime.projections.projecting import Projector
from shared.store.pool import Pool, open_pool
from shared.testkit.databases import TestDatabase

STANDING = Folded(LOG, (service_records, time_accounts, time_entries), (star_standing,))
MODELS = (*STANDING.models, *STANDING.others)
PAGE = 50
# What goes through a log; all that is asked of stands as its events leave it.
SOME = Size(people=1_000, records=20_000)
# The first ladder, and another after it, as the preview of a ladder counts.
JUDGING = Judging(
    now=Ladder(tuple(minutes * 60 for minutes in (50, 150, 400, 800, 1_200, 2_000))),
    before=Ladder(tuple(rung.minutes for rung in BOOK.ladder)),
)
BARE = "create table bare as select * from read.{table} limit 0"
RECORDS = "select count(*) from read.service_records"


@dataclass(frozen=True)
class Filled:
    """What was made, in how many seconds; `copied` are rows a second of bare COPY."""

    events: int
    appended: float
    projected: float
    rows: int
    copied: float


def measure(stage: Stage) -> list[Measure]:
    """All of it on one district, one round: it takes minutes to make."""
    return asyncio.run(_measured(stage, Size.of(stage)))


async def _measured(stage: Stage, size: Size) -> list[Measure]:
    before = load()
    async with stage.server.database("template_log") as database:
        built = _built(await _filled(database, SOME), before)
    async with stage.server.database("template_log") as database:
        pool = await open_pool(database.service, size=4)
        try:
            await stand(pool, STANDING, volunteered.lives(size))
            asked = await _asked(stage, pool, size)
        finally:
            await pool.close()
    return [built, *[Measure(figure, bar, [], before) for figure, bar in asked]]


async def _filled(database: TestDatabase, size: Size) -> Filled:
    async with _connected(database.owner) as connection:
        began = time.perf_counter()
        events = await volunteered.fill(connection, size)
        appended = time.perf_counter() - began
        pool = await open_pool(database.service)
        projector = Projector(pool, LOG, EVENTS, MODELS)
        await projector.prepare()
        began = time.perf_counter()
        await projector.drain()
        projected = time.perf_counter() - began
        await projector.aclose()
        await pool.close()
        rows = await connection.fetchval(RECORDS)
        return Filled(events, appended, projected, rows, await _copied(connection))


async def _copied(connection: asyncpg.Connection[Any]) -> float:
    """Rows a second: the records' bytes into a table of their shape, no key, no index."""
    held = BytesIO()
    done = await connection.copy_from_query(
        "select * from read.service_records limit 500000", output=held, format="binary"
    )
    await connection.execute(BARE.format(table="service_records"))
    held.seek(0)
    began = time.perf_counter()
    await connection.copy_to_table("bare", source=held, format="binary")
    seconds = time.perf_counter() - began
    await connection.execute("drop table bare")
    return int(done.split()[-1]) / seconds


def _built(made: Filled, before: float) -> Measure:
    includes = (
        f"{SOME.people:,} accounts, {made.rows:,} records, {made.events:,} events (appended in "
        f"{made.appended:.0f} s): records, accounts and statements with their tallies, from nothing"
    )
    limit = Figure(
        "COPY, the records' rows", "rows/s", "bytes into a table without key or index; one of "
        "three tables", [Sample(made.copied)],
    )  # fmt: skip
    sample = Sample(made.events / made.projected)
    return Measure(
        Figure("volunteers built", "events/s", includes, [sample]), None, [limit], before
    )


async def _asked(stage: Stage, pool: Pool, size: Size) -> list[tuple[Figure, Bar]]:
    random, accounts, records = Random(5), Accounts(pool), Records(pool)

    async def statement() -> None:
        anybody = person(random.randrange(size.people))
        await accounts.lines(Lines(person=anybody), PAGE + 1)

    async def queue() -> None:
        places = [volunteered.community(random.randrange(volunteered.COMMUNITIES))]
        await records.page(Sought(places=places, status="logged", oldest_first=True), PAGE + 1)

    async def judged() -> None:
        await eligibility.counts(pool, JUDGING)

    one_by_one = f"one after the other; {size.people:,} people, {size.records:,} records"
    return [
        (Figure("statement", "pages/s", f"the last {PAGE} lines with balances, of anybody; "
                f"{one_by_one}", [await again(stage.window, statement)]), Bar(p95=20)),
        (Figure("approver's queue", "pages/s", f"the {PAGE} oldest of a community, one record in "
                f"{volunteered.WAITING} waits; {one_by_one}", [await again(stage.window, queue)]),
         Bar(p95=50)),
        (Figure("everybody's star under a new ladder", "times/s", f"{one_by_one}; before "
                "and after, beside what was awarded", [await again(stage.window, judged)]),
         Bar(p95=60_000)),
    ]  # fmt: skip


@asynccontextmanager
async def _connected(dsn: str) -> AsyncIterator[asyncpg.Connection[Any]]:
    connection = await asyncpg.connect(dsn)
    try:
        yield connection
    finally:
        await connection.close()

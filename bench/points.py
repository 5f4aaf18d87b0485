"""The points of a whole district: read models built, balances, statements, rules tried on what was
done."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from random import Random
from typing import Any

import asyncpg

from bench import pointed, points_swept
from bench.again import again
from bench.figures import Bar, Figure, Measure, Sample
from bench.living import fill, person
from bench.pointed import Size
from bench.stage import Stage, load
from bench.standing import Folded, stand
from services.points import previews
from services.points.crediting.reckoning import account_in, stood
from services.points.log import EVENTS, LOG
from services.points.previews import Trial
from services.points.projections.point_deeds import point_deeds
from services.points.projections.point_entries import point_entries
from services.points.projections.points_accounts import points_accounts
from services.points.queries.accounts import Accounts, Lines
from services.points.queries.deeds_done import Span
from services.points.rules.book_2026_1 import BOOK
from shared.runtime.projections.projecting import Projector
from shared.store.pool import Pool, open_pool
from shared.testkit.databases import TestDatabase

STANDING = Folded(LOG, (points_accounts, point_entries, point_deeds))
PAGE = 50
# What goes through a log; all that is asked of stands as its events leave it.
SOME = Size(accounts=2_000, entries=40_000)
TODAY, NOW = "2026-11-30", datetime(2026, 11, 30, tzinfo=UTC)
# Other amounts and a lower limit, so that nearly everybody wins or loses.
TRIED = BOOK.model_copy(
    update={
        "version": "tried", "daily": 20,
        "reasons": tuple(
            one.model_copy(update={"points": one.points + 1}) for one in BOOK.reasons
        ),
    }
)  # fmt: skip
# About a tenth of what was done, and all of it.
TENTH, ALL = Span("2025-03", "2025-05"), Span("2025-01", "2026-12")
BARE = "create table bare as select * from read.point_entries limit 0"


def measure(stage: Stage) -> list[Measure]:
    """All of it on one district, one round: it takes minutes to make."""
    measures = asyncio.run(_measured(stage, Size.of(stage)))
    return [*measures, *points_swept.measure(stage)]


async def _measured(stage: Stage, size: Size) -> list[Measure]:
    before = load()
    async with stage.server.database("template_log") as database:
        built = await _built(database, before)
    async with stage.server.database("template_log") as database:
        pool = await open_pool(database.service, size=4)
        try:
            await stand(pool, STANDING, pointed.lives(size))
            asked = [*await _asked(stage, pool, size), *await _tried(database, pool, size)]
        finally:
            await pool.close()
    return [built, *[Measure(figure, bar, [], before) for figure, bar in asked]]


async def _built(database: TestDatabase, before: float) -> Measure:
    connection = await asyncpg.connect(database.owner)
    events = await fill(connection, LOG, EVENTS, pointed.lives(SOME))
    pool = await open_pool(database.service)
    projector = Projector(pool, LOG, EVENTS, STANDING.models)
    await projector.prepare()
    began = time.perf_counter()
    await projector.drain()
    sample = Sample(events / (time.perf_counter() - began))
    await projector.aclose()
    await pool.close()
    copied = await _copied(connection)
    await connection.close()
    includes = f"{SOME.accounts:,} accounts, {events:,} events: accounts, statements and deeds"
    limit = Figure("COPY, the statements' rows", "rows/s", "bytes into a table without key or "
                   "index; one of three tables", [Sample(copied)])  # fmt: skip
    return Measure(Figure("points built", "events/s", includes, [sample]), None, [limit], before)


async def _copied(connection: asyncpg.Connection[Any]) -> float:
    held = BytesIO()
    done = await connection.copy_from_query(
        "select * from read.point_entries", output=held, format="binary"
    )
    await connection.execute(BARE)
    held.seek(0)
    began = time.perf_counter()
    await connection.copy_to_table("bare", source=held, format="binary")
    return int(done.split()[-1]) / (time.perf_counter() - began)


async def _asked(stage: Stage, pool: Pool, size: Size) -> list[tuple[Figure, Bar]]:
    random, accounts = Random(5), Accounts(pool)

    async def balance() -> None:
        row = await accounts.of("person", person(random.randrange(size.accounts)))
        assert row is not None
        stood(account_in(row), TODAY, NOW)

    async def statement() -> None:
        anybody = person(random.randrange(size.accounts))
        await accounts.lines(Lines(kind="person", holder=anybody), PAGE + 1)

    made = f"one after the other; {size.accounts:,} accounts, {size.entries:,} entries"
    return [
        (Figure("balance", "balances/s", f"what may be spent on a day, lot by lot; {made}",
                [await again(stage.window, balance)]), Bar(p95=10)),
        (Figure("statement page", "pages/s", f"the last {PAGE} lines with balances; {made}",
                [await again(stage.window, statement)]), Bar(p95=30)),
    ]  # fmt: skip


async def _tried(database: TestDatabase, pool: Pool, size: Size) -> list[tuple[Figure, Bar]]:
    places = [pointed.community(number) for number in range(pointed.COMMUNITIES)]
    made = []
    for span, seconds in ((TENTH, 60), (ALL, 480)):
        trial = Trial(TRIED, span, places)
        deeds = await _deeds(pool, span)
        ask = partial(previews.compare, database.service, trial, 3_600.0)
        sample = Sample.of(*await _once(ask))
        includes = f"{deeds:,} deeds of {size.accounts:,} accounts, replayed in one process"
        made.append((Figure("rules tried", "times/s", includes, [sample]), Bar(p95=seconds * 1e3)))
    return made


async def _deeds(pool: Pool, span: Span) -> int:
    query = "select count(*) from point_deeds where standing and day between $1 and $2"
    days = f"{span.first}-01", f"{span.last}-31"
    async with pool.acquire() as connection:
        found: int = await connection.fetchval(query, *days, timeout=600)
    return found


async def _once(ask: Callable[[], Awaitable[Any]]) -> tuple[float, list[float]]:
    began = time.perf_counter()
    await ask()
    seconds = time.perf_counter() - began
    return seconds, [seconds]

"""Rosters: a file of 100,000 households enrolled, and parts of a map with 240,000 read."""

from __future__ import annotations

import asyncio
import base64
import csv
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from random import Random

import asyncpg

from bench import estates
from bench.clients import closed_loop
from bench.figures import Bar, Figure, Measure, Sample
from bench.stage import Round, Stage, load, rounds
from services.territory.enrolment.enrolling import Enrolling
from services.territory.enrolment.reading import roll_of
from services.territory.households import reading
from services.territory.households.forms import HouseholdFilter
from services.territory.households.places import Places
from services.territory.queries.households import Households
from services.territory.service import Territory, opened
from services.territory.settings import Settings
from shared.core.atlas.kinds import Kind
from shared.core.local_time import day_of
from shared.core.messages import Actor
from shared.ops.settings import Databases
from shared.runtime.projections.map_copy import MapCopy
from shared.sheets.rejects import Reject
from shared.store.pool import open_pool

ROWS = 5  # a stream of the window
SECONDS = 30  # for 100,000 rows
BAD = 3
LEVELS: dict[Kind, str] = {
    "subdistrict": "a street of 30,000",
    "community": "a community of 3,000",
    "neighbourhood": "a neighbourhood of 500",
}
SUMS = """select sum(households), sum(area_dm2) from read.household_days
    where building = any($1) and day <= $2"""
COPIED = "select * from event where position <= $1"
BARE = "create table bare as select * from event limit 0"


def measure(stage: Stage) -> list[Measure]:
    """The upload beside bare COPY, then each level of the map beside the bare select."""
    before = load()
    asyncio.run(estates.settle(stage))
    samples = rounds(stage, {"ours": enrolling(), "listed": enrolling(listed=True), "copy": copied})
    rows = stage.window.streams * ROWS
    limit = Figure(
        "bare COPY of as many events", "rows/s", "bytes, encoded beforehand, no key or index",
        samples["copy"],
    )  # fmt: skip
    includes = (
        f"{rows:,} rows of CSV, {BAD} of them bad: read, checked against the map, decided row by "
        "row, appended with all guarantees, a building a command"
    )
    figures = {"ours": "enrol a file", "listed": "enrol a file until it can be listed"}
    told = {"ours": includes, "listed": f"{includes}; then projected, by the same process"}
    bars = {"ours": Bar(rate=100_000 / SECONDS), "listed": None}
    measures = [
        Measure(Figure(name, "rows/s", told[key], samples[key]), bars[key], [limit], before)
        for key, name in figures.items()
    ]
    return measures + [level for kind in LEVELS for level in _level(stage, kind)]


def _level(stage: Stage, kind: Kind) -> list[Measure]:
    before = load()
    samples = rounds(
        stage,
        {"sums": asking(kind), "page": asking(kind, paged=True), "bare": asking(kind, bare=True)},
    )
    limit = Figure(f"bare select, {kind}", "queries/s",
                   "the sums alone, of buildings found beforehand", samples["bare"])  # fmt: skip
    where = f"{LEVELS[kind]} households on a random day"
    told = {
        "sums": (
            f"households of a {kind}",
            f"{where}: the map walked, number and area",
        ),
        "page": (f"the same with a page, {kind}", f"{where}: the same, and the first 100 of them"),
    }
    return [
        Measure(Figure(name, "queries/s", includes, samples[key]), Bar(p95=10), [limit], before)
        for key, (name, includes) in told.items()
    ]


def enrolling(*, listed: bool = False) -> Round:
    """A round in which one file is enrolled; with `listed`, until the read models show it."""

    async def run(stage: Stage) -> Sample:
        rows = stage.window.streams * ROWS
        file = _file(stage, rows)
        async with _service(stage) as service:
            await service.map.read()
            actor = Actor(
                id="r", roles=frozenset({"registrar"}), territory=estates.DISTRICT, unit=None
            )
            faults: list[Reject] = []
            began, now = time.perf_counter(), datetime.now(UTC)
            roll = roll_of(file, now=now)
            summary = await Enrolling(service, roll, actor, now, faults.append).run()
            if listed:
                await service.projector.drain()
            seconds = time.perf_counter() - began
        if (summary.registered, summary.refused) != (rows - BAD, BAD):
            raise RuntimeError(f"not every row was taken: {summary}")
        return Sample(rows / seconds)

    return run


def asking(kind: Kind, *, paged: bool = False, bare: bool = False) -> Round:
    """A round of questions about random territories of a kind on random days, one at a time."""

    async def run(stage: Stage) -> Sample:
        random = Random(7)
        async with stage.server.database(estates.SETTLED) as database:
            pool = await open_pool(database.service)
            map_copy, households = MapCopy(pool), Households(pool)
            places = Places(map_copy)
            atlas = await map_copy.read()
            codes = sorted(c for c, one in atlas.territories.items() if one.kind == kind)
            walked = {code: places.buildings(code, datetime.now(UTC)) for code in codes}

            async def ask() -> object:
                code, day = random.choice(codes), _day(random)
                if bare:
                    return await pool.fetchrow(SUMS, walked[code], day)
                part = reading.part_of(places, code, day)
                if paged:
                    return await reading.page(households, part, HouseholdFilter(under=code))
                return await households.sums(part)

            sample = await closed_loop(stage.window, 1, ask)
            await pool.close()
        return sample

    return run


async def copied(stage: Stage) -> Sample:
    """As many events as the file has rows, into a table without key and index."""
    rows = stage.window.streams * ROWS
    async with stage.server.database(estates.SETTLED) as database:
        connection = await asyncpg.connect(database.owner)
        await connection.execute(BARE)
        held = BytesIO()
        await connection.copy_from_query(COPIED, rows, output=held, format="binary")
        held.seek(0)
        began = time.perf_counter()
        await connection.copy_to_table("bare", source=held, format="binary")
        seconds = time.perf_counter() - began
        await connection.close()
    return Sample(rows / seconds)


def _day(random: Random) -> str:
    return day_of(estates.BEGAN + (datetime.now(UTC) - estates.BEGAN) * random.random())


def _file(stage: Stage, rows: int) -> Path:
    """So many households, three of them bad, of as many buildings as it takes."""
    path = stage.home.path / f"households-{rows}.csv"
    if not path.exists():
        codes = estates.buildings(estates.streets(stage))
        lines = [
            [codes[n // estates.DOORS], f"{n % estates.DOORS}", f"{60 + n % 40}.{n % 100:02}"]
            for n in range(rows)
        ]
        lines[3][2], lines[rows // 2][0], lines[-1] = "?", "nowhere", lines[-2]
        with path.open("w", encoding="gb18030", newline="") as file:
            csv.writer(file).writerows([["楼栋", "门牌", "建筑面积"], *lines])
    return path


@asynccontextmanager
async def _service(stage: Stage) -> AsyncIterator[Territory]:
    """The service on a map without households."""
    async with (
        stage.server.database(estates.DRAWN) as database,
        stage.server.database("template_keys") as keys,
    ):
        settings = Settings(
            territory=Databases(dsn=database.service, keys_dsn=keys.service),
            master_key=base64.b64encode(os.urandom(32)).decode(),
        )
        async with opened(settings) as service:
            yield service

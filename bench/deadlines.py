"""Deadlines: 10,000 that run out within one minute, until all are noted and their read model has
followed."""

from __future__ import annotations

import asyncio
import base64
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from io import BytesIO

import asyncpg

from bench.figures import Bar, Figure, Measure, Sample
from bench.histories import TERRITORY, sealed
from bench.stage import Stage, load, rounds
from services.grievance import timekeeping
from services.grievance.case.commands import RaisePetition
from services.grievance.case.decider import case
from services.grievance.rules.book_2026_1 import BOOK
from services.grievance.service import Grievance, opened
from services.grievance.settings import Settings
from shared.core.messages import Actor
from shared.ops.settings import Databases
from shared.runtime.commands.ids import uuid7
from shared.runtime.commands.submission import Identity, Submission, Target, single

DEADLINES = 10_000
SECONDS = 3
AT_ONCE = 500
BEGAN = datetime(2026, 3, 1, tzinfo=UTC)
# Dispatch, of 24 hours, has run out for all of them by then, and nothing else.
NOTED = BEGAN + timedelta(hours=24, minutes=2)
ACTOR = Actor(id="clerk-1", roles=frozenset({"dispatcher"}), territory="d")
INCLUDES = (
    f"{DEADLINES:,} cases whose clock ran out in one minute: found, loaded, decided, appended with "
    "all guarantees, projected into every read model by the same process"
)
MISSES = "select count(*) from read.missed_deadlines"
COPIED = "select * from event where type = 'deadline-missed'"
BARE = "create table bare as select * from event limit 0"


def measure(stage: Stage) -> list[Measure]:
    """The timer, beside a bare COPY of the events that it writes."""
    before = load()
    copies: list[Sample] = []

    async def ours(stage: Stage) -> Sample:
        noted, copy = await _noted(stage)
        copies.append(copy)
        return noted

    samples = rounds(stage, {"ours": ours})["ours"]
    limit = Figure("bare COPY of the same events", "deadlines/s", "no key or index", copies)
    figure = Figure("deadlines noted", "deadlines/s", INCLUDES, samples)
    return [Measure(figure, Bar(rate=DEADLINES / SECONDS), [limit], before)]


async def _noted(stage: Stage) -> tuple[Sample, Sample]:
    async with (
        stage.server.database("template_log") as log,
        stage.server.database("template_keys") as keys,
    ):
        settings = Settings(
            grievance=Databases(dsn=log.service, keys_dsn=keys.service),
            master_key=base64.b64encode(os.urandom(32)).decode(),
        )
        async with opened(settings) as service, _projecting(service):
            await _file(service)
            began = time.perf_counter()
            noted = await timekeeping.note(service, NOTED)
            await service.watermarks.follow(["missed_deadlines"], await service.head())
            seconds = time.perf_counter() - began
        connection = await asyncpg.connect(log.owner)
        missed = await connection.fetchval(MISSES)
        if (noted, missed) != (DEADLINES, DEADLINES):
            raise RuntimeError(f"{noted} noted, {missed} on record")
        copy = await _copied(connection)
        await connection.close()
    return Sample(DEADLINES / seconds), copy


@asynccontextmanager
async def _projecting(service: Grievance) -> AsyncIterator[None]:
    stop = asyncio.Event()
    task = asyncio.create_task(service.projector.run(stop))
    try:
        yield
    finally:
        stop.set()
        await task


async def _file(service: Grievance) -> None:
    """So many petitions, filed within one minute."""
    for first in range(0, DEADLINES, AT_ONCE):
        asked = map(_filing, range(first, first + AT_ONCE))
        await asyncio.gather(*map(service.executor.execute, asked))
    await service.watermarks.follow(["case_clocks"], await service.head())


def _filing(number: int) -> Submission:
    person = uuid7()
    command = RaisePetition(
        at=BEGAN + timedelta(minutes=1) * number / DEADLINES, actor=ACTOR, petitioner=person,
        territory=TERRITORY, area="unknown", channel="online", case_type="repair", book=BOOK,
        subject=sealed(person, "subject", 60), details=sealed(person, "details", 500),
    )  # fmt: skip
    return single(Target(case, uuid7()), command, Identity(uuid7(), bytes(32)), fresh=True)


async def _copied(connection: asyncpg.Connection[asyncpg.Record]) -> Sample:
    await connection.execute(BARE)
    held = BytesIO()
    await connection.copy_from_query(COPIED, output=held, format="binary")
    held.seek(0)
    began = time.perf_counter()
    await connection.copy_to_table("bare", source=held, format="binary")
    return Sample(DEADLINES / (time.perf_counter() - began))

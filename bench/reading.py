"""Reading: the whole log page by page, decoded; and hashed again from the first event on."""

from __future__ import annotations

import asyncio
import time

import asyncpg

from bench import histories
from bench.figures import Figure, Measure, Sample
from bench.stage import Stage, load, rounds
from services.grievance.log import EVENTS, LOG
from shared.store import read
from shared.store.verify import verify

PAGE = 1_000
COPY = f"select {read.COLUMNS} from event where log = $1 order by position"


def measure(stage: Stage) -> list[Measure]:
    """Pages with decoding, verification, and COPY of the same rows as their limit."""
    before = load()
    asyncio.run(histories.prepare(stage))
    samples = rounds(stage, {"pages": pages, "verify": verified, "copy": copied})
    limit = Figure("bare COPY", "events/s", "the same rows out, binary, nothing decoded",
                   samples["copy"])  # fmt: skip
    told = {
        "read the log": ("pages", f"pages of {PAGE}, every event decoded and validated"),
        "verify the log": ("verify", "digest, link and place of every event checked"),
    }
    return [
        Measure(Figure(name, "events/s", includes, samples[key]), None, [limit], before)
        for name, (key, includes) in told.items()
    ]


async def pages(stage: Stage) -> Sample:
    """Events a second, read and decoded as the projector does."""
    connection = await _connect(stage)
    began, position = time.perf_counter(), 0
    while rows := await read.page(connection, LOG, position, PAGE):
        events = [read.decode(EVENTS, row) for row in rows]
        position = events[-1].position
    await connection.close()
    return Sample(position / (time.perf_counter() - began))


async def verified(stage: Stage) -> Sample:
    """Events a second, hashed again."""
    connection = await _connect(stage)
    began, position = time.perf_counter(), 0
    async for found in verify(connection, LOG):
        if found.broken:
            raise RuntimeError(f"position {found.broken.position}: {found.broken.reason}")
        position = found.position
    await connection.close()
    return Sample(position / (time.perf_counter() - began))


async def copied(stage: Stage) -> Sample:
    """Events a second by COPY into nothing."""
    connection = await _connect(stage)

    async def nowhere(_: bytes) -> None:
        pass

    began = time.perf_counter()
    done = await connection.copy_from_query(COPY, LOG, output=nowhere, format="binary")
    seconds = time.perf_counter() - began
    await connection.close()
    return Sample(int(done.split()[-1]) / seconds)


async def _connect(stage: Stage) -> asyncpg.Connection:
    return await asyncpg.connect(stage.postgres.dsn(histories.TEMPLATE))

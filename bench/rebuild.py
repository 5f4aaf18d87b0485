"""Rebuild: the register anew beside the live one, compared and flipped, while all else goes on."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from contextlib import nullcontext
from uuid import UUID

import asyncpg

from bench import copying, histories, traffic
from bench.figures import Bar, Figure, Measure, Sample
from bench.stage import Round, Stage, load, rounds
from services.grievance.log import EVENTS, LOG
from services.grievance.projections.case_register import case_register
from shared.runtime.projections.log_fed import LogFed
from shared.runtime.projections.projecting import Projector
from shared.store.pool import open_pool
from shared.testkit.databases import ROLE

INCLUDES = (
    "read, checked, folded, written, indexed; compared with the live register row by row, flipped"
)
MEANWHILE = f"meanwhile, in a second process, {traffic.SHOWN}"


def measure(stage: Stage) -> list[Measure]:
    """The register of both orders of the log, with traffic and without, beside bare COPY."""
    before = load()
    streams = asyncio.run(histories.prepare(stage))
    apart = asyncio.run(histories.prepare_interleaved(stage))
    for template in (histories.TEMPLATE, histories.INTERLEAVED):
        asyncio.run(_project(stage, template))
    row, inter = _projected(histories.TEMPLATE), _projected(histories.INTERLEAVED)
    told: dict[str, tuple[Round, str]] = {
        "rebuild": (rebuilding(row, streams), f"cases in a row; {INCLUDES}; {MEANWHILE}"),
        "rebuild, interleaved": (
            rebuilding(inter, apart),
            f"{histories.OPEN:,} cases open at any time; {INCLUDES}; {MEANWHILE}",
        ),
        "rebuild, nothing else going on": (rebuilding(row, ()), f"cases in a row; {INCLUDES}"),
    }
    ours = {name: contender for name, (contender, _) in told.items()}
    samples = rounds(stage, {**ours, **copying.limits()})
    limits = copying.figures(samples)
    bar = Bar(rate=60_000, share=0.4)
    return [
        Measure(Figure(name, "events/s", includes, samples[name]), bar, limits, before)
        for name, (_, includes) in told.items()
    ]


def rebuilding(template: str, streams: Sequence[UUID]) -> Round:
    """A round with one rebuild; with traffic on these streams, if there are any."""

    async def run(stage: Stage) -> Sample:
        async with stage.server.database(template) as database:
            going_on = traffic.going_on(database.service, streams) if streams else nullcontext()
            async with going_on:
                pool = await open_pool(database.service)
                began = time.perf_counter()
                made = await LogFed(pool, LOG, EVENTS, case_register).rebuild()
                seconds = time.perf_counter() - began
                await pool.close()
        if made.differences:
            raise RuntimeError(f"{made.differences} rows differ")
        return Sample(made.events / seconds)

    return run


def _projected(template: str) -> str:
    return f"{template}_projected"


async def _project(stage: Stage, template: str) -> None:
    """A template like this one whose register is up to date."""
    admin = await asyncpg.connect(stage.postgres.dsn("postgres"))
    made = _projected(template)
    if not await admin.fetchval(histories.EXISTS, made):
        await admin.execute(f"create database {made} template {template}")
        pool = await open_pool(stage.postgres.dsn(made, ROLE))
        projector = Projector(pool, LOG, EVENTS, [case_register])
        await projector.prepare()
        await projector.drain()
        await projector.aclose()
        await pool.execute("analyze")
        await pool.close()
    await admin.close()

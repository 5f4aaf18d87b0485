"""A process that reads, commands and projects while something else is measured."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event
from typing import Any, NamedTuple
from uuid import UUID

import uvloop

from bench.replies import acts
from services.grievance.log import EVENTS, LOG
from services.grievance.projections.case_register import case_register
from shared.ops import collector
from shared.runtime.commands.execute import Executor
from shared.runtime.commands.guarding import unguarded
from shared.runtime.projections.projecting import Projector
from shared.store.pool import Pool, open_pool

PAUSE = 0.005
LINES = 50
COUNT = "select sum(cases)::bigint from case_count"
REGISTER = f"""select case_id, number, status, territory, raised_at from case_register
    order by raised_at desc, case_id desc limit {LINES}"""
SHOWN = "a count and a page of the register, one command and the live runner, every 5 ms"


class Seen(NamedTuple):
    """How many reads and commands were answered."""

    reads: int
    commands: int


class _Told(NamedTuple):
    ready: Event
    stop: Event
    seen: Queue[Seen | str]


@asynccontextmanager
async def going_on(dsn: str, streams: Sequence[UUID]) -> AsyncIterator[None]:
    """Traffic on this database meanwhile. Raises RuntimeError when any of it went wrong."""
    spawn = multiprocessing.get_context("spawn")
    told = _Told(spawn.Event(), spawn.Event(), spawn.Queue())
    worker = spawn.Process(target=_work, args=(dsn, streams, told))
    worker.start()
    try:
        if not await asyncio.to_thread(told.ready.wait, 60):
            raise RuntimeError("no traffic")
        yield
    finally:
        told.stop.set()
        seen = await asyncio.to_thread(told.seen.get, timeout=60)
        worker.join(60)
    if isinstance(seen, str) or not min(seen):
        raise RuntimeError(f"traffic: {seen}")


def _work(dsn: str, streams: Sequence[UUID], told: _Told) -> None:
    collector.settle()
    try:
        told.seen.put(uvloop.run(_run(dsn, streams, told)))
    except Exception as fault:
        told.seen.put(repr(fault))
        raise


async def _run(dsn: str, streams: Sequence[UUID], told: _Told) -> Seen:
    pool, executor, stop = await open_pool(dsn), Executor(dsn, LOG, unguarded), asyncio.Event()
    projector = Projector(pool, LOG, EVENTS, [case_register])
    commands = iter(acts(executor, streams))
    async with asyncio.TaskGroup() as group:
        group.create_task(projector.run(stop))
        reads = group.create_task(_read(pool, len(streams), told))
        done = 0
        while not told.stop.is_set():
            await next(commands)()
            done += 1
            await asyncio.sleep(PAUSE)
        stop.set()
    await executor.aclose()
    await pool.close()
    return Seen(reads.result(), done)


async def _read(pool: Pool, cases: int, told: _Told) -> int:
    """Every answer has all cases and a whole page, in order."""
    answered = 0
    while not told.stop.is_set():
        async with pool.acquire() as connection:
            found = await connection.fetchval(COUNT)
            lines: list[Any] = await connection.fetch(REGISTER)
        times = [line["raised_at"] for line in lines]
        if found != cases or len(lines) != LINES or times != sorted(times, reverse=True):
            raise RuntimeError(f"{found} cases counted, {len(lines)} lines of the register")
        answered += 1
        told.ready.set()
        await asyncio.sleep(PAUSE)
    return answered

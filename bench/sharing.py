"""Execute in several processes at once, as API replicas share a log. The warm-up counts here, the
slower process's latencies are told."""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from collections.abc import Sequence
from multiprocessing.synchronize import Barrier
from queue import Queue
from typing import NamedTuple
from uuid import UUID

import uvloop

from bench import histories
from bench.clients import until_spent
from bench.figures import Sample
from bench.replies import CLIENTS, WARM_SHARE, acts
from bench.stage import Round, Stage
from services.grievance.log import LOG
from shared.ops import collector
from shared.runtime.commands.execute import Executor
from shared.runtime.commands.guarding import unguarded


class Share(NamedTuple):
    """What one process did: from when to when, how many, and the times to its answers."""

    began: float
    ended: float
    commands: int
    sample: Sample


def executing(streams: Sequence[UUID], processes: int) -> Round:
    """A round in which each case gets one reply; cases and clients are shared out evenly."""

    async def run(stage: Stage) -> Sample:
        async with stage.server.database(histories.TEMPLATE) as database:
            return await asyncio.to_thread(_together, database.service, streams, processes)

    return run


def _together(dsn: str, streams: Sequence[UUID], processes: int) -> Sample:
    spawn = multiprocessing.get_context("spawn")
    begin, told = spawn.Barrier(processes), spawn.Queue()
    workers = [
        spawn.Process(target=_work, args=(dsn, streams[n::processes], processes, begin, told))
        for n in range(processes)
    ]
    for worker in workers:
        worker.start()
    shares: list[Share] = [told.get() for _ in workers]
    for worker in workers:
        worker.join()
    seconds = max(share.ended for share in shares) - min(share.began for share in shares)
    return Sample(
        sum(share.commands for share in shares) / seconds,
        *(
            max(getattr(share.sample, name) or 0 for share in shares)
            for name in ("p50", "p99", "p95")
        ),
    )


def _work(
    dsn: str, streams: Sequence[UUID], processes: int, begin: Barrier, told: Queue[Share]
) -> None:
    collector.settle()

    async def run() -> Share:
        executor = Executor(dsn, LOG, unguarded)
        mine = acts(executor, streams)
        await asyncio.to_thread(begin.wait)
        began = time.time()
        sample = await until_spent(CLIENTS // processes, mine, len(mine) // WARM_SHARE)
        ended = time.time()
        await executor.aclose()
        return Share(began, ended, len(mine), sample)

    told.put(uvloop.run(run()))

"""Execute: load a case of ten events, decide, append one more, every guarantee on."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from uuid import UUID

from bench import histories, limits, peer, sharing
from bench.clients import until_spent
from bench.figures import Bar, Figure, Measure, Sample
from bench.limits import REPLY
from bench.replies import CLIENTS, WARM_SHARE, acts
from bench.stage import Round, Stage, load, rounds
from services.grievance.log import LOG
from shared.runtime.commands.execute import Executor
from shared.runtime.commands.guarding import unguarded

PEER_SHARE = 10
INCLUDES = "load 10 events cold, decode, fold, the real rules, append with all guarantees"


def measure(stage: Stage) -> list[Measure]:
    """256 clients on cases of ten events, beside the same reads and writes done barely."""
    before = load()
    streams = asyncio.run(histories.prepare(stage))
    template = histories.TEMPLATE
    samples = rounds(
        stage,
        {
            "ours": executing(streams),
            "two": sharing.executing(streams, processes=2),
            "step set": limits.set_step(template, streams),
            "step loop": limits.step_loop(template, streams),
            **peer.executing(REPLY, len(streams) // PEER_SHARE),
        },
    )
    unit = "commands/s"
    steps = ("step set", "step loop")
    beside = [
        *(limits.figure(key, samples[key], unit) for key in steps),
        peer.figure(samples, unit),
    ]
    one = Figure(f"execute, {CLIENTS} clients", unit, INCLUDES, samples["ours"])
    two = Figure("execute, 2 processes", unit, f"two on one log; {INCLUDES}", samples["two"])
    bar = Bar(rate=8_000)
    return [Measure(one, bar, beside, before), Measure(two, bar, beside[:2], before)]


def executing(streams: Sequence[UUID]) -> Round:
    """A round in which each case gets one reply."""

    async def run(stage: Stage) -> Sample:
        async with stage.server.database(histories.TEMPLATE) as database:
            executor = Executor(database.service, LOG, unguarded)
            mine = acts(executor, streams)
            try:
                return await until_spent(CLIENTS, mine, len(mine) // WARM_SHARE)
            finally:
                await executor.aclose()

    return run

"""Execute: load a case of ten events, decide, append one more, every guarantee on."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

from bench import histories, limits, peer
from bench.clients import Act, until_spent
from bench.figures import Bar, Figure, Measure, Sample
from bench.histories import UNIT, sealed
from bench.limits import REPLY
from bench.stage import Round, Stage, load, rounds
from services.grievance.case.commands import SubmitReply
from services.grievance.case.decider import case
from services.grievance.log import LOG
from shared.core.messages import Actor
from shared.runtime.execute import Executor
from shared.runtime.ids import uuid7
from shared.runtime.submission import Identity, Submission, Target, single

CLIENTS = 256
WARM_SHARE = 10
PEER_SHARE = 10
ACTOR = Actor(id="unit-1-clerk", roles=frozenset({"handling_unit"}), territory="d", unit=UNIT)


def measure(stage: Stage) -> list[Measure]:
    """256 clients on cases of ten events, beside the same reads and writes done barely."""
    before = load()
    streams = asyncio.run(histories.prepare(stage))
    template = histories.TEMPLATE
    samples = rounds(
        stage,
        {
            "ours": executing(streams),
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
    includes = "load 10 events cold, decode, fold, the real rules, append with all guarantees"
    figure = Figure(f"execute, {CLIENTS} clients", unit, includes, samples["ours"])
    return [Measure(figure, Bar(rate=8_000), beside, before)]


def executing(streams: Sequence[UUID]) -> Round:
    """A round in which each case gets one reply."""

    async def run(stage: Stage) -> Sample:
        async with stage.server.database(histories.TEMPLATE) as database:
            executor = Executor(database.service, LOG)
            acts: list[Act] = [partial(executor.execute, _reply(stream)) for stream in streams]
            try:
                return await until_spent(CLIENTS, acts, len(acts) // WARM_SHARE)
            finally:
                await executor.aclose()

    return run


def _reply(stream: UUID) -> Submission:
    reply = sealed(stream, "reply", histories.REPLY)
    command = SubmitReply(at=datetime.now(UTC), actor=ACTOR, reply=reply)
    return single(Target(case, stream), command, Identity(uuid7(), bytes(32)))

"""Project: the log from its first event into read models, in one process."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

from bench import copying, histories
from bench.figures import Bar, Figure, Measure, Sample
from bench.stage import Round, Stage, load, rounds
from services.grievance.log import EVENTS, LOG
from services.grievance.projections.case_register import case_register
from services.grievance.service import MODELS
from shared.runtime.projections.folding import Model
from shared.runtime.projections.projecting import Projector
from shared.store.pool import open_pool

ORDERS = {
    histories.TEMPLATE: "every case's 10 events in a row",
    histories.INTERLEAVED: f"{histories.OPEN:,} cases open at any time",
}
INCLUDES = "pages read, checked, folded, written with their tallies and the cursor"


def measure(stage: Stage) -> list[Measure]:
    """The register alone, then every read model of the service, on both orders of the log."""
    before = load()
    asyncio.run(histories.prepare(stage))
    asyncio.run(histories.prepare_interleaved(stage))
    cases: dict[str, tuple[str, Sequence[Model]]] = {
        "project the register": (histories.TEMPLATE, [case_register]),
        "project the register, interleaved": (histories.INTERLEAVED, [case_register]),
        f"project all {len(MODELS)} models": (histories.TEMPLATE, MODELS),
        f"project all {len(MODELS)} models, interleaved": (histories.INTERLEAVED, MODELS),
    }
    ours = {name: projecting(*case) for name, case in cases.items()}
    samples = rounds(stage, {**ours, **copying.limits()})
    limits = copying.figures(samples)
    bars = {"project the register": Bar(rate=60_000)}
    return [
        Measure(
            Figure(name, "events/s", f"{ORDERS[template]}; {INCLUDES}", samples[name]),
            bars.get(name), limits, before,
        )
        for name, (template, _) in cases.items()
    ]  # fmt: skip


def projecting(template: str, models: Sequence[Model]) -> Round:
    """A round in which the whole log is projected."""

    async def run(stage: Stage) -> Sample:
        async with stage.server.database(template) as database:
            pool = await open_pool(database.service)
            projector = Projector(pool, LOG, EVENTS, models)
            await projector.prepare()
            began = time.perf_counter()
            await projector.drain()
            seconds = time.perf_counter() - began
            await projector.aclose()
            await pool.close()
        return Sample(stage.window.streams * copying.PER_CASE / seconds)

    return run

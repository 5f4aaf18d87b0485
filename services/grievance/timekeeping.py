"""The timer: it says to each case whose time has run out that it is so late.

Nothing depends on it: whatever happens to a case records first what was missed before. It raises
the rest, once each, and catches up after it stood still.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime

import structlog

from services.grievance.case.commands import NoteTime
from services.grievance.case.decider import case
from services.grievance.queries.clocks import Due
from services.grievance.service import Grievance
from shared.core.messages import Actor
from shared.runtime.commands.execute import Executor
from shared.runtime.commands.grouped import Overloaded
from shared.runtime.commands.ids import derived
from shared.runtime.commands.submission import Contended, Identity, Target, single
from shared.runtime.projections.watermarks import StandsStill
from shared.store.held import Unavailable
from shared.store.pool import TRANSIENT

TICK = 1.0  # seconds
AT_ONCE = 1_000
MODEL = "case_clocks"
# An order at a time that it is noted is its own command, whoever notes it and how often.
FINGERPRINT = b"note-time"

log = structlog.get_logger()


async def run(service: Grievance, stop: asyncio.Event) -> None:
    """Note what has run out every TICK seconds until told to stop."""
    while not stop.is_set():
        try:
            if noted := await note(service, datetime.now(UTC)):
                log.info("timekeeping.noted", cases=noted)
        except (*TRANSIENT, Contended, Overloaded, StandsStill, Unavailable) as fault:
            log.warning("timekeeping.interrupted", fault=type(fault).__name__)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), TICK)


async def note(service: Grievance, moment: datetime) -> int:
    """Note every clock that has run out by this moment; for so many cases. The read models have to
    be kept up meanwhile."""
    noted = 0
    while due := await service.clocks.due(moment, AT_ONCE):
        position = await _noted(service.executor, due, moment)
        noted += len(due)
        await service.watermarks.follow([MODEL], position)
    return noted


async def _noted(executor: Executor, due: Sequence[Due], moment: datetime) -> int:
    actor = Actor(id="timekeeper", roles=frozenset({"service"}), territory="")
    command = NoteTime(at=moment, actor=actor)
    submissions = [
        single(
            Target(case, one.case_id),
            command,
            Identity(derived("note-time", str(one.case_id), one.at.isoformat()), FINGERPRINT),
        )
        for one in due
    ]
    answers = await asyncio.gather(*map(executor.execute, submissions))
    return max(answer.position for answer in answers)

"""The timer: it says to each case and to each whistle whose time has run out that it is so late.

Nothing depends on it: whatever happens to them records first what was missed before. It raises
the rest, once each, and catches up after it stood still.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import structlog

from services.grievance.case.commands import NoteTime
from services.grievance.case.decider import case
from services.grievance.queries.clocks import Due
from services.grievance.service import Grievance
from services.grievance.whistle.commands import NoteArrivals
from services.grievance.whistle.decider import whistle
from shared.core.decider import Decider
from shared.core.messages import Actor
from shared.runtime.commands.execute import Executor
from shared.runtime.commands.grouped import Overloaded
from shared.runtime.commands.ids import derived
from shared.runtime.commands.submission import Contended, Identity, Target, single
from shared.runtime.projections.watermarks import StandsStill
from shared.store import turn
from shared.store.held import Unavailable
from shared.store.pool import TRANSIENT

TICK = 1.0  # seconds
AT_ONCE = 1_000
# Whoever has this turn notes, or has the timer stand still meanwhile.
TURN = "timekeeping"


@dataclass(frozen=True)
class Timed:
    """Something with clocks: the read model that has them, and the command by which it is told.

    Each at a time that it is noted is a command of its own, whoever notes it and how often: `word`
    names it.
    """

    model: str
    decider: Decider[Any, Any, Any]
    command: type[NoteTime | NoteArrivals]
    word: str


TIMED = (
    Timed("case_clocks", case, NoteTime, "note-time"),
    Timed("whistle_turnout", whistle, NoteArrivals, "note-arrivals"),
)

log = structlog.get_logger()


async def run(service: Grievance, stop: asyncio.Event) -> None:
    """Note what has run out every TICK seconds until told to stop; one process at a time does."""
    while not stop.is_set():
        try:
            async with service.pool.acquire(timeout=10) as connection, connection.transaction():
                mine = await turn.taken(connection, TURN)
                if mine and (noted := await note(service, datetime.now(UTC))):
                    log.info("timekeeping.noted", noted=noted)
        except (*TRANSIENT, Contended, Overloaded, StandsStill, Unavailable) as fault:
            log.warning("timekeeping.interrupted", fault=type(fault).__name__)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), TICK)


async def note(service: Grievance, moment: datetime) -> int:
    """Note every clock that has run out by this moment; for so many cases and whistles. The read
    models have to be kept up meanwhile."""
    noted = 0
    for timed in TIMED:
        while due := await service.clocks.due(timed.model, moment, AT_ONCE):
            position = await _noted(service.executor, timed, due, moment)
            noted += len(due)
            await service.watermarks.follow([timed.model], position)
    return noted


async def _noted(executor: Executor, timed: Timed, due: Sequence[Due], moment: datetime) -> int:
    actor = Actor(id="timekeeper", roles=frozenset({"service"}), territory="")
    command = timed.command(at=moment, actor=actor)
    submissions = [
        single(
            Target(timed.decider, one.stream_id),
            command,
            Identity(
                derived(timed.word, str(one.stream_id), one.at.isoformat()), timed.word.encode()
            ),
        )
        for one in due
    ]
    answers = await asyncio.gather(*map(executor.execute, submissions))
    return max(answer.position for answer in answers)

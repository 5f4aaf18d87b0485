"""The timer: it says to each case and to each whistle whose time has run out that it is so late.

Nothing depends on it: whatever happens to them records first what was missed before. It raises
the rest, once each, and catches up after it stood still.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.grievance.case.commands import NoteTime
from services.grievance.case.decider import case
from services.grievance.queries.clocks import Due
from services.grievance.service import Grievance
from services.grievance.whistle.commands import NoteArrivals
from services.grievance.whistle.decider import whistle
from shared.core.decider import Decider
from shared.core.messages import Actor
from shared.runtime import timer
from shared.runtime.commands.execute import Executor
from shared.runtime.commands.ids import derived
from shared.runtime.commands.submission import Identity, Target, single

AT_ONCE = 1_000


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


async def run(service: Grievance, stop: asyncio.Event) -> None:
    """Note what has run out until told to stop; one process at a time does."""
    await timer.run(service.pool, lambda moment: note(service, moment), stop)


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

"""What time brings about: silence on the day of a promise is noticed on the day after it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from services.volunteer.projections.promise_tracker import PromiseRow, rhythm_of
from services.volunteer.queries.promises import Promises
from services.volunteer.series.agenda import agenda_of, overdue
from services.volunteer.series.commands import NoteMissed
from services.volunteer.series.decider import series
from services.volunteer.service import Volunteers
from shared.core.local_time import day_of
from shared.core.messages import Actor
from shared.runtime.commands.ids import derived
from shared.runtime.commands.submission import Identity, Submission, Target, single

AT_ONCE = 200
WORD = "note-missed"
TIMEKEEPER = Actor(id="timekeeper", roles=frozenset({"service"}), territory="")


async def note_missed(service: Volunteers, moment: datetime) -> int:
    """Note every promised occurrence whose day was over by this moment and of which nothing was
    heard; how many there were. Each is one command whose id follows from series and day, so it is
    noted once, whoever notes it and how often."""
    promises, today, noted = Promises(service.pool), day_of(moment), 0
    while late := await promises.overdue(today, AT_ONCE):
        asked = [one for row in late for one in _missed(row, moment, today)][:AT_ONCE]
        answers = await asyncio.gather(*map(service.executor.execute, asked))
        noted += sum(bool(answer.versions) for answer in answers)
        position = max((answer.position for answer in answers), default=0)
        if not position:  # all of it was told meanwhile: the read model is about to say so
            break
        await service.watermarks.follow(["promise_tracker"], position)
    return noted


def _missed(row: PromiseRow, moment: datetime, today: str) -> Sequence[Submission]:
    known = agenda_of(row.left_open)
    days = overdue(known, rhythm_of(row), today, row.ended_on)
    return [_submission(row.series_id, (day, known.due_day(day)), moment, today) for day in days]


def _submission(
    series_id: UUID, named: tuple[str, str], moment: datetime, today: str
) -> Submission:
    # An occurrence that is put off is silent once more on the day it was put off to.
    command = NoteMissed(at=moment, actor=TIMEKEEPER, day=named[0], asked_on=today)
    identity = Identity(derived(WORD, str(series_id), *named), WORD.encode())
    return single(Target(series, series_id), command, identity)

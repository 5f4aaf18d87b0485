"""What time brings about: a turn without a check-in is noticed on the day after it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime

from services.volunteer.duty.commands import NoteNoCheckIn
from services.volunteer.duty.decider import duty
from services.volunteer.projections.cadre_checkin_board import DutyRow, rhythm_of
from services.volunteer.queries.duties import Duties
from services.volunteer.series.agenda import agenda_of, overdue
from services.volunteer.service import Volunteers
from shared.core.local_time import day_of
from shared.core.messages import Actor
from shared.runtime.commands.ids import derived
from shared.runtime.commands.submission import Identity, Submission, Target, single

AT_ONCE = 200
WORD = "note-no-check-in"
TIMEKEEPER = Actor(id="timekeeper", roles=frozenset({"service"}), territory="")


async def note_no_check_in(service: Volunteers, moment: datetime) -> int:
    """Note every turn that was over by this moment and on which nobody checked in; how many there
    were. Each is one command whose id follows from post and turn."""
    duties, today, noted = Duties(service.pool), day_of(moment), 0
    while late := await duties.overdue(today, AT_ONCE):
        asked = [one for row in late for one in _missed(row, moment, today)][:AT_ONCE]
        answers = await asyncio.gather(*map(service.executor.execute, asked))
        noted += sum(bool(answer.versions) for answer in answers)
        position = max((answer.position for answer in answers), default=0)
        if not position:  # all of it was told meanwhile: the read model is about to say so
            break
        await service.watermarks.follow(["cadre_checkin_board"], position)
    return noted


def _missed(row: DutyRow, moment: datetime, today: str) -> Sequence[Submission]:
    turns = overdue(agenda_of(row.left_open), rhythm_of(row), today, row.ended_on)
    return [_submission(row, turn, moment, today) for turn in turns]


def _submission(row: DutyRow, turn: str, moment: datetime, today: str) -> Submission:
    command = NoteNoCheckIn(at=moment, actor=TIMEKEEPER, turn=turn, asked_on=today)
    identity = Identity(derived(WORD, str(row.duty_id), turn), WORD.encode())
    return single(Target(duty, row.duty_id), command, identity)

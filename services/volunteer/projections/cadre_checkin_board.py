"""Duty posts: whether their holders check in when it is their turn. A row a post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never
from uuid import UUID

from services.volunteer.duty.events import (
    CheckedIn,
    CheckInMissed,
    DutyIssueRaised,
    DutyPledgeKept,
    DutyPledgeMade,
    DutyPostAssigned,
    DutyPostEnded,
    DutyShiftsAdded,
    DutyShiftServed,
)
from services.volunteer.duty.turns import WEEK, first_week, turn_of_shift
from services.volunteer.series import agenda, runs
from services.volunteer.series.rhythm import Weekly
from shared.core.envelope import Recorded
from shared.core.local_time import day_of
from shared.core.projection import ReadModel
from shared.core.state import replace

Told = (
    DutyPostAssigned | DutyShiftsAdded | CheckedIn | CheckInMissed | DutyIssueRaised
    | DutyPledgeMade | DutyPledgeKept | DutyShiftServed | DutyPostEnded
)  # fmt: skip


@dataclass(frozen=True)
class DutyRow:
    """One post. `due_on` is the last day of the earliest turn of which nothing is known, `open`
    what else is (see Agenda); `checked` counts the turns on which they were there, `late` those of
    them that had counted as missed, `missed` the others. `streak` is how often in a row they were
    there, of `runs` (see Runs). `last_turn` is the last one; `minutes` is what they served."""

    duty_id: UUID
    holder: UUID
    role: str
    territory: str
    cadence: str
    since: str
    ended_on: str | None
    due_on: str | None
    left_open: str
    checked: int
    late: int
    missed: int
    streak: int
    longest: int
    runs: str
    last_turn: str | None
    last_missed: str | None
    issues: int
    pledges: int
    kept: int
    minutes: int
    version: int
    position: int
    assigned_at: datetime


def rhythm_of(row: DutyRow) -> Weekly | None:
    """On which days its turns end, unless they are shifts."""
    return WEEK if row.cadence == "weekly" else None


def fold(row: DutyRow | None, recorded: Recorded[Told]) -> DutyRow | None:
    """The post after the event."""
    event = recorded.event
    if isinstance(event, DutyPostAssigned):
        return _assigned(recorded, event)
    if row is None:
        return None
    return _moved(replace(row, version=recorded.version), event)


def _moved(row: DutyRow, event: Told) -> DutyRow:  # noqa: C901, PLR0911 - one arm an event
    match event:
        case DutyPostAssigned():
            return row
        case DutyShiftsAdded(shifts=shifts):
            turns = [turn_of_shift(one) for one in shifts]
            return _open(row, agenda.with_days(agenda.agenda_of(row.left_open), turns))
        case CheckedIn():
            return _checked(row, event)
        case CheckInMissed(turn=turn):
            last = max(turn, row.last_missed or turn)
            row = replace(row, missed=row.missed + 1, last_missed=last)
            return _answered(_runs(row, runs.runs_of(row.runs).failed(turn)), turn)
        case DutyIssueRaised():
            return replace(row, issues=row.issues + 1)
        case DutyPledgeMade():
            return replace(row, pledges=row.pledges + 1)
        case DutyPledgeKept():
            return replace(row, kept=row.kept + 1)
        case DutyShiftServed(minutes=minutes):
            return replace(row, minutes=row.minutes + minutes)
        case DutyPostEnded(day=day):
            return _open(replace(row, ended_on=day), agenda.agenda_of(row.left_open))
        case _:
            assert_never(event)


def _checked(row: DutyRow, event: CheckedIn) -> DutyRow:
    row = replace(
        _runs(row, runs.runs_of(row.runs).happened(event.turn)),
        checked=row.checked + 1,
        late=row.late + int(event.late),
        missed=row.missed - int(event.late),
        last_turn=max(event.turn, row.last_turn or event.turn),
    )
    return _answered(row, event.turn)


def _answered(row: DutyRow, turn: str) -> DutyRow:
    return _open(row, agenda.answered(agenda.agenda_of(row.left_open), rhythm_of(row), turn))


def _open(row: DutyRow, known: agenda.Agenda) -> DutyRow:
    return replace(row, left_open=known.text(), due_on=known.due(row.ended_on))


def _runs(row: DutyRow, known: runs.Runs) -> DutyRow:
    return replace(row, runs=known.text(), streak=known.streak, longest=known.longest)


def _assigned(recorded: Recorded[Told], event: DutyPostAssigned) -> DutyRow:
    watched = event.watched
    if recorded.origin == "history":  # nothing is asked after that was over before the import
        watched = max(watched, day_of(recorded.recorded_at))
    turns = [turn for one in event.shifts if (turn := turn_of_shift(one)) >= watched]
    upcoming = agenda.with_days(agenda.Agenda(), turns)
    if event.cadence == "weekly":
        upcoming = agenda.begun(WEEK, first_week(watched))
    return DutyRow(
        duty_id=recorded.stream_id,
        holder=event.holder,
        role=event.role,
        territory=event.territory,
        cadence=event.cadence,
        since=event.since,
        ended_on=None,
        due_on=upcoming.due(),
        left_open=upcoming.text(),
        checked=0,
        late=0,
        missed=0,
        streak=0,
        longest=0,
        runs=runs.Runs().text(),
        last_turn=None,
        last_missed=None,
        issues=0,
        pledges=0,
        kept=0,
        minutes=0,
        version=recorded.version,
        position=recorded.position,
        assigned_at=recorded.occurred_at,
    )


cadre_checkin_board: ReadModel[DutyRow, Told] = ReadModel(
    name="cadre_checkin_board",
    row=DutyRow,
    fold=fold,
    of=Told,
    indexes=(
        "(due_on) where due_on is not null",
        "(territory, position)",
        "(holder)",
    ),
)

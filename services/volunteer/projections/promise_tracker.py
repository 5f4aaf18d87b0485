"""What was promised, and whether it is kept: a row a series."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pydantic import TypeAdapter

from services.volunteer.series import agenda, runs
from services.volunteer.series.events import (
    OccurrenceHeld,
    OccurrenceMissed,
    OccurrenceMoved,
    SeriesEnded,
    SeriesEstablished,
)
from services.volunteer.series.rhythm import Rhythm, days_of
from shared.core.envelope import Recorded
from shared.core.local_time import day_of
from shared.core.projection import ReadModel
from shared.core.state import replace

Told = SeriesEstablished | OccurrenceHeld | OccurrenceMissed | OccurrenceMoved | SeriesEnded
RHYTHM: TypeAdapter[Rhythm] = TypeAdapter(Rhythm)


@dataclass(frozen=True)
class PromiseRow:
    """One series. `due_on` is the earliest day on which something is due of which nothing is known,
    `left_open` what else is (see Agenda); `held` counts what happened, `late` those of them that
    had counted as missed, `missed` what did not happen. `streak` is how often in a row it
    happened up to now, of `runs` (see Runs)."""

    series_id: UUID
    territory: str
    name: str
    kind: str
    rhythm: str
    starts: str
    promised: bool
    team: UUID | None
    cause_case: UUID | None
    ended_on: str | None
    due_on: str | None
    left_open: str
    held: int
    late: int
    missed: int
    people: int
    streak: int
    longest: int
    runs: str
    last_held: str | None
    last_missed: str | None
    version: int
    position: int
    established_at: datetime


def rhythm_of(row: PromiseRow) -> Rhythm:
    """On which days it recurs."""
    return RHYTHM.validate_json(row.rhythm)


def fold(row: PromiseRow | None, recorded: Recorded[Told]) -> PromiseRow | None:
    """The series after the event."""
    event = recorded.event
    if isinstance(event, SeriesEstablished):
        return _established(recorded, event)
    if row is None:
        return None
    row = replace(row, version=recorded.version)
    match event:
        case OccurrenceHeld():
            return _held(row, event)
        case OccurrenceMissed(day=day):
            last = max(day, row.last_missed or day)
            row = replace(row, missed=row.missed + 1, last_missed=last)
            return _answered(_runs(row, runs.runs_of(row.runs).failed(day)), day)
        case OccurrenceMoved(day=day, to=to):
            return _open(
                row, agenda.put_off(agenda.agenda_of(row.left_open), rhythm_of(row), day, to)
            )
        case SeriesEnded(day=day):
            return _open(replace(row, ended_on=day), agenda.agenda_of(row.left_open))


def _held(row: PromiseRow, event: OccurrenceHeld) -> PromiseRow:
    known = runs.runs_of(row.runs)
    if not row.promised:
        # Nobody is told of each Sunday without a salon; the row of Sundays ends all the same.
        upcoming = agenda.agenda_of(row.left_open)
        passed = days_of(rhythm_of(row), upcoming.next or event.day, event.day)
        for day in (one for one in passed if one not in upcoming.ahead):
            known = known.failed(day)
            row = _answered(row, day)
    row = replace(
        _runs(row, known.happened(event.day)),
        held=row.held + 1,
        late=row.late + int(event.late),
        missed=row.missed - int(event.late),
        people=row.people + event.people,
        last_held=max(event.day, row.last_held or event.day),
    )
    return _answered(row, event.day)


def _answered(row: PromiseRow, day: str) -> PromiseRow:
    return _open(row, agenda.answered(agenda.agenda_of(row.left_open), rhythm_of(row), day))


def _open(row: PromiseRow, known: agenda.Agenda) -> PromiseRow:
    return replace(row, left_open=known.text(), due_on=known.due(row.ended_on))


def _runs(row: PromiseRow, known: runs.Runs) -> PromiseRow:
    return replace(row, runs=known.text(), streak=known.streak, longest=known.longest)


def _established(recorded: Recorded[Told], event: SeriesEstablished) -> PromiseRow:
    # Of a promise, what was due before it was on record is not asked after; nor is, of one that was
    # imported, what was due before the import.
    since = event.watched if event.promised else event.starts
    if recorded.origin == "history":
        since = max(since, day_of(recorded.recorded_at))
    upcoming = agenda.begun(event.rhythm, since)
    return PromiseRow(
        series_id=recorded.stream_id,
        territory=event.territory,
        name=event.name,
        kind=event.kind,
        rhythm=RHYTHM.dump_json(event.rhythm).decode(),
        starts=event.starts,
        promised=event.promised,
        team=event.team,
        cause_case=event.cause_case,
        ended_on=None,
        due_on=upcoming.due(),
        left_open=upcoming.text(),
        held=0,
        late=0,
        missed=0,
        people=0,
        streak=0,
        longest=0,
        runs=runs.Runs().text(),
        last_held=None,
        last_missed=None,
        version=recorded.version,
        position=recorded.position,
        established_at=recorded.occurred_at,
    )


promise_tracker: ReadModel[PromiseRow, Told] = ReadModel(
    name="promise_tracker",
    row=PromiseRow,
    fold=fold,
    of=Told,
    indexes=(
        "(due_on) where promised and due_on is not null",
        "(territory, position)",
    ),
)

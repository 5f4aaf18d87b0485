"""The life of a series: established, held, missed, moved, ended."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import assert_never

from services.volunteer.series.commands import (
    EndSeries,
    EstablishSeries,
    MoveOccurrence,
    NoteMissed,
    NoteOccurrence,
    SeriesCommand,
)
from services.volunteer.series.events import (
    OccurrenceHeld,
    OccurrenceMissed,
    OccurrenceMoved,
    SeriesEnded,
    SeriesEstablished,
    SeriesEvent,
)
from services.volunteer.series.rhythm import first
from services.volunteer.series.state import Series, SeriesStatus, evolve
from services.volunteer.series.upcasters import UPCASTERS
from shared.core.access import Thing
from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.local_time import end_of
from shared.core.messages import Rejected

RUNNING: Set[SeriesStatus] = frozenset({"running"})
# What was due before it ended may still be told, and missed.
EVER: Set[SeriesStatus] = frozenset({"running", "ended"})

# For which series a command is taken.
ALLOWED: Mapping[type[SeriesCommand], Set[SeriesStatus]] = {
    EstablishSeries: {"new"},
    NoteOccurrence:  EVER,
    NoteMissed:      EVER,
    MoveOccurrence:  RUNNING,
    EndSeries:       RUNNING,
}  # fmt: skip


def decide(command: SeriesCommand, series: Series) -> list[SeriesEvent]:
    """The events a command leads to. Raises Rejected."""
    if series.status not in ALLOWED[type(command)]:
        raise _refused(series)
    match command:
        case EstablishSeries():
            return _established(command)
        case NoteOccurrence():
            return _held(command, series)
        case NoteMissed():
            return _missed(command, series)
        case MoveOccurrence():
            return _moved(command, series)
        case EndSeries(at=at, asked_on=today, reason=reason):
            return [SeriesEnded(at=at, day=today, reason=reason)]
        case _:
            assert_never(command)


def _established(command: EstablishSeries) -> list[SeriesEvent]:
    if first(command.rhythm, command.starts) is None:
        raise Rejected("no_day_in_series", "no day of the rhythm lies after the start", "starts")
    return [
        SeriesEstablished(
            at=command.at,
            name=command.name,
            territory=command.territory,
            kind=command.kind,
            rhythm=command.rhythm,
            starts=command.starts,
            watched=max(command.starts, command.asked_on),
            promised=command.promised,
            team=command.team,
            cause_case=command.cause_case,
            late_reason=command.late_reason,
        )
    ]


def _held(command: NoteOccurrence, series: Series) -> list[SeriesEvent]:
    if command.day > command.asked_on:
        raise Rejected("occurs_in_the_future", f"{command.day} has not come yet", "day")
    occurrence = series.occurrence(command.day)
    if occurrence is None:
        detail = f"nothing of this series is due on {command.day}: move it first"
        raise Rejected("not_an_occurrence", detail, "day")
    if occurrence in series.held:
        if command.activity is not None:
            return []  # somebody was faster than the activity's own report
        raise Rejected("occurrence_held", "it is on record that it happened", "day")
    late = occurrence in series.missed
    if late and command.late_reason is None and command.activity is None:
        detail = "it counts as missed: say why it is told so late"
        raise Rejected("late_entry_needs_reason", detail, "late_reason")
    return [
        OccurrenceHeld(
            at=command.at,
            day=occurrence,
            activity=command.activity,
            people=command.people,
            late=late,
            late_reason=command.late_reason,
        )
    ]


def _missed(command: NoteMissed, series: Series) -> list[SeriesEvent]:
    """Nothing where it is known already, or was never promised: time may say it twice."""
    day, told = command.day, series.told
    assert told is not None
    known = day in series.held or day in series.missed
    if known or not told.promised or day < told.watched or not series.scheduled(day):
        return []
    due = series.due(day)
    if due >= min(command.asked_on, series.ended_on or command.asked_on):
        return []
    return [OccurrenceMissed(at=end_of(due), day=day)]


def _moved(command: MoveOccurrence, series: Series) -> list[SeriesEvent]:
    day, to = command.day, command.to
    if not series.scheduled(day):
        raise Rejected("not_an_occurrence", f"{day} is no day of this series", "day")
    if day in series.held | series.missed or series.due(day) < command.asked_on:
        raise Rejected("occurrence_over", f"what was due on {day} is over", "day")
    if to < command.asked_on:
        raise Rejected("moved_into_the_past", f"{to} is over", "to")
    if series.scheduled(to) or to in series.moved.values():
        raise Rejected("day_taken", f"another occurrence is due on {to}", "to")
    return [OccurrenceMoved(at=command.at, day=day, to=to, reason=command.reason)]


def concerns(command: SeriesCommand, series: Series) -> Thing:
    """Where it is."""
    place = command.territory if isinstance(command, EstablishSeries) else series.territory
    return Thing((place,) if place else ())


def _refused(series: Series) -> Rejected:
    match series.status:
        case "new":
            return Rejected("no_such_series", "there is no such series")
        case "running":
            return Rejected("series_running", "it has been established")
        case "ended":
            return Rejected("series_ended", f"it ended on {series.ended_on}")


series: Decider[SeriesCommand, Series, SeriesEvent] = Decider(
    category="series",
    initial=Series(),
    decide=decide,
    evolve=evolve,
    territory=lambda state: state.territory,
    events=Catalogue.of(SeriesEvent, UPCASTERS),
    concerns=concerns,
)

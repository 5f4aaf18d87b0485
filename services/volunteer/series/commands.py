"""What people, and time, may ask of a series. `asked_on` is the day of asking."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.volunteer.series.rhythm import Rhythm
from services.volunteer.words import MoveReason, SeriesEnd, SeriesKind
from shared.core.messages import Command


@dataclass(frozen=True, kw_only=True)
class EstablishSeries(Command):
    """Let something recur from day `starts` on; `promised` where its absence is to be noticed."""

    name: str
    territory: str
    kind: SeriesKind
    rhythm: Rhythm
    starts: str
    promised: bool
    asked_on: str
    team: UUID | None = None
    cause_case: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class NoteOccurrence(Command):
    """Say that it happened on this day, the day in the rhythm or the one it was moved to."""

    day: str
    people: int
    asked_on: str
    activity: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class NoteMissed(Command):
    """Time alone says that nothing was heard of this occurrence."""

    day: str
    asked_on: str


@dataclass(frozen=True, kw_only=True)
class MoveOccurrence(Command):
    """Hold this occurrence on day `to`."""

    day: str
    to: str
    reason: MoveReason
    asked_on: str


@dataclass(frozen=True, kw_only=True)
class EndSeries(Command):
    """Let nothing of it be due from today on."""

    reason: SeriesEnd
    asked_on: str


SeriesCommand = EstablishSeries | NoteOccurrence | NoteMissed | MoveOccurrence | EndSeries

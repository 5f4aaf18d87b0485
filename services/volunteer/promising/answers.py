"""What clients get about promises."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from services.volunteer.series.rhythm import Rhythm
from services.volunteer.words import MoveReason, SeriesKind
from shared.runtime.projections.watermarks import Watermark

OccurrenceStatus = Literal["held", "missed", "told_late", "moved"]


class PromiseLine(BaseModel):
    """A series, and whether it is kept. `held` counts what happened, `late` those of them that were
    told after they had counted as missed, `missed` what did not happen. `streak` is how often in a
    row it happened up to now. `next_on` is the next day on which it is due. `cause_case` is shown
    to those who work with cases; `from_case` says to everyone that there is one. `version` is that
    for `If-Match`."""

    id: UUID
    name: str
    territory: str
    kind: SeriesKind
    rhythm: Rhythm
    starts: str
    promised: bool
    team: UUID | None
    from_case: bool
    cause_case: UUID | None
    next_on: str | None
    ended_on: str | None
    held: int
    late: int
    missed: int
    people: int
    streak: int
    longest: int
    last_held: str | None
    last_missed: str | None
    version: int


class PromiseTotals(BaseModel):
    """Of the promises that run: how many there are, how often they were kept, told late, missed."""

    promises: int
    held: int
    late: int
    missed: int


class PromiseList(BaseModel):
    """A page of series, the latest first; `next` continues it."""

    items: list[PromiseLine]
    totals: PromiseTotals
    may_convene: bool
    may_note: bool
    next: int | None
    watermark: Watermark


class OccurrenceLine(BaseModel):
    """What became of one occurrence; `day` is its day in the rhythm, `due` the one it was moved to.
    One that was told late has both times: when it counted as missed, and when it was told."""

    day: str
    due: str
    status: OccurrenceStatus
    people: int
    activity: UUID | None
    moved_for: MoveReason | None
    missed_at: datetime | None
    told_at: datetime | None
    late_reason: str | None


class PromiseView(BaseModel):
    """A series and its last 100 occurrences, the latest first."""

    promise: PromiseLine
    occurrences: list[OccurrenceLine]
    may_convene: bool
    may_note: bool
    watermark: Watermark

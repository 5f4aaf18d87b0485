"""What clients get about duty posts."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from services.volunteer.words import Cadence, DutyRole, PledgeKind
from shared.runtime.projections.watermarks import Watermark

Note = Literal[
    "checked-in", "check-in-missed", "duty-issue-raised", "duty-pledge-made", "duty-shift-served",
]  # fmt: skip


class DutyLine(BaseModel):
    """A post, and whether its holder is there. `checked` counts turns, `late` those of them that
    were told after they had counted as missed, `missed` the others. `due_on` is the last day of
    the next turn; `checked_in` says that the turn of today is done."""

    id: UUID
    holder: UUID
    role: DutyRole
    territory: str
    cadence: Cadence
    since: str
    ended_on: str | None
    due_on: str | None
    checked_in: bool
    checked: int
    late: int
    missed: int
    streak: int
    longest: int
    last_turn: str | None
    last_missed: str | None
    issues: int
    pledges: int
    kept: int
    minutes: int
    version: int


class DutyList(BaseModel):
    """A page of posts, the latest first; `next` continues it. `mine` are those that the actor
    holds."""

    items: list[DutyLine]
    mine: list[DutyLine]
    may_assign: bool
    next: int | None
    watermark: Watermark


class NoteLine(BaseModel):
    """Something told of a post; `number` names it. `words` is null once they were erased."""

    number: int
    what: Note
    turn: str | None
    late: bool
    words: str | None
    case_id: UUID | None
    pledge: PledgeKind | None
    kept: bool
    minutes: int | None
    at: datetime


class PeriodLine(BaseModel):
    """How a holder was judged in a period. Who holds the post is told once it is published."""

    period: str
    performance: int | None
    masses: int | None
    published_at: datetime | None


class DutyView(BaseModel):
    """A post, its last 100 lines, and how its holder was judged."""

    duty: DutyLine
    notes: list[NoteLine]
    assessments: list[PeriodLine]
    steps: list[str]
    watermark: Watermark

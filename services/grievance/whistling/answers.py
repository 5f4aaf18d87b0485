"""What clients get about whistles."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from services.grievance.words import Standing, WhistleReason
from shared.runtime.projections.watermarks import Watermark


class WhistleLine(BaseModel):
    """A whistle in the list. `what` is null once its texts were erased. `next_due` is by when the
    next unit has to be there."""

    id: UUID
    number: int
    territory: str
    reason: WhistleReason
    open: bool
    case: UUID | None
    what: str | None
    blown_by: str
    blown_at: datetime
    ended_at: datetime | None
    called: int
    came: int
    next_due: datetime | None


class WhistleList(BaseModel):
    """A page of whistles, the latest first; `next` continues it."""

    items: list[WhistleLine]
    next: int | None
    watermark: Watermark


class UnitLine(BaseModel):
    """One unit: when it was called, by when it was `due`, when it came, how many minutes that took,
    what it says it did; and whether it came and did its part, as whoever blew the whistle says."""

    unit: str
    standing: Standing
    called_at: datetime | None
    due: datetime | None
    came_at: datetime | None
    minutes: int | None
    result: str | None
    result_at: datetime | None
    came: bool | None
    did: bool | None


class WhistleView(BaseModel):
    """A whistle, who was called and who came, and the steps that are open to whoever asks. Its
    texts are sealed for `person`; `version` is its ETag, too."""

    whistle: WhistleLine
    version: int
    where: str | None
    person: UUID
    units: list[UnitLine]
    steps: list[Literal["call", "report", "result", "end"]]


class UnitTurnout(BaseModel):
    """What counts for a unit: how often it was called, came in time, late or not at all, came
    without a call, and did something."""

    unit: str
    called: int
    in_time: int
    late: int
    absent: int
    unasked: int
    results: int


class TurnoutBoard(BaseModel):
    """A line a unit, the one called most often first."""

    items: list[UnitTurnout]
    watermark: Watermark

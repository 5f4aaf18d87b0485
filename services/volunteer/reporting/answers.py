"""What a report of hours says as JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from services.volunteer.reporting.filters import Key
from shared.runtime.projections.watermarks import Watermark


class HoursLine(BaseModel):
    """Sums of one group, in minutes and in numbers of records. What it is grouped by is named, and
    the person's name for who may see it."""

    person: str | None = None
    name: str | None = None
    team: str | None = None
    month: str | None = None
    service: str | None = None
    territory: str | None = None
    minutes: int
    hours: float
    records: int
    waiting: int
    waiting_minutes: int
    rejected: int
    reversed: int
    reversed_minutes: int
    grade_a: int
    grade_b: int
    grade_c: int


class HoursReport(BaseModel):
    """Hours served on the days `from` to `to` below the territory, by the rules of that name, true
    up to the watermark."""

    first: Annotated[str | None, Field(alias="from")]
    last: Annotated[str | None, Field(alias="to")]
    territory: str
    by: list[Key]
    rules: str
    made_at: datetime
    watermark: Watermark
    items: list[HoursLine]

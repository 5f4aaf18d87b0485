"""What clients get of what is outstanding. Money is in fen."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel

from shared.runtime.projections.watermarks import Watermark


class Owed(BaseModel):
    """`free` in accounts and `held` for what is not fetched yet, `outstanding` both; `fen` is what
    it is worth. `ages` are the free points by the months since they came in. `debt` is what people
    owe. `point_fen` is what a point is worth, null where that differs."""

    territory: str
    accounts: int
    free: int
    held: int
    outstanding: int
    debt: int
    fen: int
    point_fen: int | None
    ages: list[int]


class Age(BaseModel):
    """Points that came in so many months before, both in; the last has no end."""

    since: int
    until: int | None


class Ending(BaseModel):
    """So many points end in this month if nobody spends them before."""

    month: str
    points: int


class Outstanding(BaseModel):
    """What is outstanding at the beginning of day `on`: a line a community, the one with the most
    first, and all of them together. `endings` are those of twelve months, `endless` never end."""

    on: str
    ages: list[Age]
    items: list[Owed]
    total: Owed
    endings: list[Ending]
    endless: int
    watermark: Watermark


class OutstandingLine(BaseModel):
    """Free points of a community that came in during this month; without one, what is held."""

    territory: str
    month: str
    points: int
    point_fen: int
    fen: int
    rules: str


class OutstandingReport(BaseModel):
    """The lines of a file."""

    territory: str
    on: str
    made_at: datetime
    watermark: Watermark
    items: list[OutstandingLine]

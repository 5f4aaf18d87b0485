"""What clients get of rule books."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel

from shared.runtime.projections.watermarks import Watermark

BookState = Literal["in_force", "to_come", "past", "withdrawn"]


class Figure(BaseModel):
    """One figure, of one urgency or type of case where it says `of` what. `was` is what it is in
    the book `before`, null where that has none."""

    figure: str
    of: str | None
    value: str
    was: str | None
    changed: bool
    source: str


class BookView(BaseModel):
    """One rule book. `scope` is where it is in force, empty for the whole district. `before` is the
    one that it takes the place of when it starts; both it and `published_at` are null for the one
    that everybody begins with. `past` is one that another one of the same scope has followed."""

    version: str
    state: BookState
    starts: str
    scope: str
    before: str | None
    figures: list[Figure]
    closed: list[str]
    worked: list[str]
    published_at: datetime | None
    published_by: str | None
    withdrawn_at: datetime | None
    withdrawn_by: str | None


class Books(BaseModel):
    """All rule books, the last one published first. `in_force` is the version by which cases of
    `territory` are decided now."""

    items: list[BookView]
    territory: str
    in_force: str
    watermark: Watermark

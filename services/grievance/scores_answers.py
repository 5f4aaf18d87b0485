"""What clients get of scores and of the callback sample."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from services.grievance.measures.book import Counted, Grade, Rate
from shared.runtime.projections.watermarks import Watermark


class RateView(BaseModel):
    """One rate: its parts, and what it is in thousandths; null where it would be one of nothing."""

    code: Rate
    numerator: int
    denominator: int
    per_mille: int | None


class ScoreLine(BaseModel):
    """What is counted of the orders of a month. `score` is in tenths of a point of 100, null unless
    each of its rates is one of something; `grade` is that of the score before it was rounded."""

    counted: dict[Counted, int]
    rates: list[RateView]
    score: int | None
    grade: Grade | None


class NamedLine(ScoreLine):
    """Those of one unit or one community."""

    code: str
    name: str


class RateSaid(BaseModel):
    """What a rate is a part of, what is left out of both, and where that comes from. `weight` is
    what it is worth in the score."""

    code: Rate
    numerator: Counted
    denominator: Counted
    left_out: str
    weight: int
    source: str


class GradeSaid(BaseModel):
    """From how many points on."""

    grade: Grade
    least: int


class Measures(BaseModel):
    """How scores are made, under one version."""

    version: str
    rates: list[RateSaid]
    weights_source: str
    grades: list[GradeSaid]
    grades_source: str


class ScoreBoard(BaseModel):
    """The orders that were dispatched in a month, with all that has come of them since; `whole` is
    what the lines add up to."""

    month: str
    by: Literal["unit", "community"]
    items: list[NamedLine]
    whole: ScoreLine
    measures: Measures
    watermark: Watermark


class ToCall(BaseModel):
    """A case whose petitioner may be called, and whose reply it is about."""

    id: UUID
    number: int
    territory: str
    unit: str | None
    unit_name: str | None


class Sample(BaseModel):
    """Of the replies of a month how many had an answered callback. By the rule book `rules` it has
    to be `share` in a hundred, which is `needed`; `short` are missing. `waiting` can still be
    called, `items` are the first of them, in an order that nobody chooses."""

    month: str
    replied: int
    called_back: int
    per_mille: int | None
    share: int
    needed: int
    short: int
    waiting: int
    items: list[ToCall]
    rules: str
    watermark: Watermark

"""What clients get: the answers of the HTTP API."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.dashboard.comparisons import Audience, Level
from services.dashboard.measures.book import Code, Kind
from services.dashboard.words import Status
from shared.core.atlas.kinds import Kind as TerritoryKind
from shared.runtime.projections.watermarks import Watermark


class Place(BaseModel):
    """A territory; what is not on the map has a code only."""

    code: str
    name: str | None
    kind: TerritoryKind | None


class Stock(BaseModel):
    """How many there are at the end of the day, and were at the end of the day `before`. A trend
    ends with the day; a part has none."""

    value: int
    before: int
    trend: list[int]


class Flow(BaseModel):
    """How many there were on the day."""

    value: int
    trend: list[int]


class Share(BaseModel):
    """A rate over the window, in thousandths; none of nothing."""

    numerator: int
    denominator: int
    per_mille: int | None
    trend: list[int | None]


class Figures(BaseModel):
    """The measures of the rule book. open = open before + filed + reopened - closed - declined."""

    open: Stock
    overdue: Stock
    filed: Flow
    closed: Flow
    reopened: Flow
    declined: Flow
    response_rate: Share
    resolution_rate: Share
    satisfaction_rate: Share


class Part(BaseModel):
    """A part of the territory, one level down; what was filed at the territory itself, and not
    below it, is under its own code."""

    territory: Place
    figures: Figures


class Board(BaseModel):
    """The figures of a territory at the end of the day `at`, by the rules of this version: the sums
    of its parts'. `days` are those of the trends, the last one is `at`. The position of the
    watermark is one of the case service's log; it says up to when the board was `known`."""

    territory: Place
    at: str
    drawn_at: datetime | None
    known: datetime | None
    window: int
    rule: str
    days: list[str]
    figures: Figures
    parts: list[Part]
    watermark: Watermark


class ExplainedCase(BaseModel):
    """A case as it stands now. It `counts` so often in the figure, or in its numerator, and is
    counted so often in the denominator `of` it."""

    id: UUID
    number: int
    territory: str
    channel: str
    case_type: str
    urgency: str
    unit: str | None
    status: Status
    rounds: int
    raised_at: datetime
    due_day: str
    closed_at: datetime | None
    counts: int
    of: int | None


class Total(BaseModel):
    """The figure: what all its cases add up to."""

    counts: int
    of: int | None


class Explanation(BaseModel):
    """The cases behind a figure, the one that was filed first at the top. `total` is of all of
    them, whichever page it is; `next` is where the next page begins."""

    territory: Place
    measure: Code
    at: str
    window: int
    rule: str
    total: Total
    items: list[ExplainedCase]
    next: str | None
    watermark: Watermark


class Words(BaseModel):
    """The same in Chinese and in English."""

    zh: str
    en: str


class MeasureTold(BaseModel):
    """A measure in plain words: what is counted, of a rate among what, and what is left out."""

    code: Code
    kind: Kind
    name: Words
    counted: Words
    denominator: Words | None
    left_out: Words | None
    source: str


class Rules(BaseModel):
    """The rule book of the measures. `limits` are days by type of case, `otherwise` is for any
    other type."""

    version: str
    measures: list[MeasureTold]
    limits: dict[str, int]
    otherwise: int
    window: int
    minimum_sample: int
    small: int


class Compared(BaseModel):
    """One figure of one territory: a count, or a rate in thousandths with what it is made of. A
    rate has what is to be expected of it (`estimate`: small samples are drawn towards the mean),
    the bounds that hold it with 95 % confidence, and a `rank`, 1 the highest, where its sample is
    large enough. All of it is empty where it is `hidden` from the outside."""

    hidden: bool
    value: int | None
    numerator: int | None
    denominator: int | None
    estimate: float | None
    low: float | None
    high: float | None
    rank: int | None


class ComparedTerritory(BaseModel):
    """The line of a territory, by measure."""

    territory: Place
    figures: dict[Code, Compared]


class Comparison(BaseModel):
    """Territories side by side over the days `from` to `to`, by the rules of this version. `rest`
    is what belongs to none of them and is not told to the outside; `total` is all together."""

    model_config = ConfigDict(populate_by_name=True)

    territory: Place
    level: Level
    first: str = Field(alias="from")
    last: str = Field(alias="to")
    drawn_at: datetime | None
    audience: Audience
    rule: str
    minimum_sample: int
    measures: list[Code]
    items: list[ComparedTerritory]
    rest: dict[Code, Compared] | None
    total: dict[Code, Compared]
    watermark: Watermark

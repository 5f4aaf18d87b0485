"""What clients may ask for: the query parameters of the HTTP API."""

from __future__ import annotations

from typing import Annotated, cast, get_args

from pydantic import BaseModel, ConfigDict, Field

from services.dashboard import comparisons
from services.dashboard.boards import Asked
from services.dashboard.comparisons import Audience, Level
from services.dashboard.measures.book import Code
from services.dashboard.measures.figures import SHOWN
from shared.core.text import Word
from shared.runtime.web.moments import Day, Moment, Position

_ONE = "|".join(get_args(Code))
Codes = Annotated[str, Field(pattern=f"^({_ONE})(,({_ONE}))*$", max_length=500)]


class BoardFilter(BaseModel):
    """Of which day: the figures are those at the end of `at`; without one of the day of `known`, or
    of today. Under which boundaries: those of the moment `drawn_at`, of today without one. By what
    was on record at `known`, or by all that is. `window` is how many days up to `at` a rate looks
    back.

    `min_position` is a place in the log of the case service, and for the present.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: Day | None = None
    drawn_at: Moment | None = None
    known: Moment | None = None
    window: Annotated[int, Field(ge=1, le=366)] | None = None
    min_position: Position = 0

    def of(self, territory: str) -> Asked:
        """What is asked of this territory."""
        return Asked(
            territory=territory,
            at=self.at,
            drawn_at=self.drawn_at,
            known=self.known,
            window=self.window,
            min_position=self.min_position,
        )


class ExplainFilter(BoardFilter):
    """Which page of the cases; `after` is `next` of the page before."""

    after: Annotated[str, Field(max_length=200)] | None = None
    limit: Annotated[int, Field(ge=1, le=500)] = 50


class ComparisonFilter(BaseModel):
    """Which territories: those of the `level` in `territory`, under the boundaries of the moment
    `drawn_at` or of today. Which `measures`, with commas between; over the days `from` to `to`,
    both included, or the last thirty. To the outside small counts are not shown."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    territory: Word | None = None
    level: Level = "community"
    measures: Codes = ",".join(SHOWN)
    first: Day | None = Field(default=None, alias="from")
    last: Day | None = Field(default=None, alias="to")
    drawn_at: Moment | None = None
    audience: Audience = "inside"
    min_position: Position = 0

    def of(self, territory: str) -> comparisons.Asked:
        """What is asked of this territory."""
        return comparisons.Asked(
            territory=territory,
            level=self.level,
            measures=tuple(cast("Code", one) for one in dict.fromkeys(self.measures.split(","))),
            first=self.first,
            last=self.last,
            drawn_at=self.drawn_at,
            audience=self.audience,
            min_position=self.min_position,
        )

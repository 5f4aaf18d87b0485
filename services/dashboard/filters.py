"""What clients may ask for: the query parameters of the HTTP API."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from services.dashboard.boards import Asked
from shared.runtime.web.moments import Moment, Position


def _on_the_calendar(day: str) -> str:
    date.fromisoformat(day)
    return day


Day = Annotated[
    str,
    Field(
        pattern="^(19|2[01])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
        json_schema_extra={"format": "date"},
    ),
    AfterValidator(_on_the_calendar),
]


class BoardFilter(BaseModel):
    """Of which day: the figures are those at the end of `at`, of today without one. Under which
    boundaries: those of the moment `drawn_at`, of today without one. `window` is how many days up
    to `at` a rate looks back.

    `min_position` is a place in the log of the case service.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: Day | None = None
    drawn_at: Moment | None = None
    window: Annotated[int, Field(ge=1, le=366)] | None = None
    min_position: Position = 0

    def of(self, territory: str) -> Asked:
        """What is asked of this territory."""
        return Asked(
            territory=territory,
            at=self.at,
            drawn_at=self.drawn_at,
            window=self.window,
            min_position=self.min_position,
        )


class ExplainFilter(BoardFilter):
    """Which page of the cases; `after` is `next` of the page before."""

    after: Annotated[str, Field(max_length=200)] | None = None
    limit: Annotated[int, Field(ge=1, le=500)] = 50

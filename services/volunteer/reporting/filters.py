"""What clients may ask of a report of hours."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from shared.core.text import Word
from shared.runtime.web.moments import Day, Position

Key = Literal["person", "team", "month", "service", "territory"]
Format = Literal["xlsx", "csv", "json"]
KEYS: tuple[Key, ...] = get_args(Key)
ONE = f"({'|'.join(KEYS)})"


class ReportFilter(BaseModel):
    """Hours served on the days `from` to `to`, both included, in Beijing time, below the territory
    `under`; a line for each of `by`, such as `person` or `team,month`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    first: Day | None = Field(default=None, alias="from")
    last: Day | None = Field(default=None, alias="to")
    under: Word | None = None
    by: Annotated[str, Field(pattern=f"^{ONE}(,{ONE}){{0,4}}$")] = "person"
    min_position: Position = 0

    @property
    def keys(self) -> tuple[Key, ...]:
        """By what, in order, each once."""
        named = self.by.split(",")
        return tuple(key for key in KEYS if key in named)

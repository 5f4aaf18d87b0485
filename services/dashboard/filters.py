"""What clients may ask for: the query parameters of the HTTP API."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from services.dashboard.queries import By
from services.dashboard.words import Status
from shared.core.text import Word
from shared.runtime.web.moments import Day as Day
from shared.runtime.web.moments import Moment


class CaseDaysFilter(BaseModel):
    """Cases filed on the days `from` to `to`, both included, in Beijing time; `territory` is a
    subtree, under the boundaries of the moment `drawn_at` or of today. By `territory` they are
    summed up one level below the one that is asked for.

    `min_position` is a place in the log of the case service.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    by: By = "day"
    territory: Word | None = None
    drawn_at: Moment | None = None
    first: Day | None = Field(default=None, alias="from")
    last: Day | None = Field(default=None, alias="to")
    state: Status | None = None
    min_position: Annotated[int, Field(ge=0, lt=2**63)] = 0

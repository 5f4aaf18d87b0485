"""What clients may ask for when they read of whistles."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from shared.core.text import Word
from shared.runtime.web.moments import Day, Position


class WhistleFilter(BaseModel):
    """Which whistles: of a subtree under the boundaries of today, those that are `open` or not,
    those to which a unit was called or came. `after` is `next` of the page before."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    territory: Word | None = None
    open: bool | None = None
    unit: Word | None = None
    after: Annotated[int, Field(ge=1, lt=2**63)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    min_position: Position = 0


class TurnoutFilter(BaseModel):
    """Whose turnout: in a subtree under the boundaries of today, of one unit or of all, called or
    come on the days `from` to `to`, both included, in Beijing time."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    territory: Word | None = None
    unit: Word | None = None
    first: Day | None = Field(default=None, alias="from")
    last: Day | None = Field(default=None, alias="to")
    min_position: Position = 0

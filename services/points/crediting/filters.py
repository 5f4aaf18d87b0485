"""What clients may ask for when they read of points."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from shared.core.text import Word
from shared.runtime.web.moments import Day, Position


class Fresh(BaseModel):
    """How far the answer has to be true."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    min_position: Position = 0


class StatementFilter(BaseModel):
    """Which lines of a statement: those on record by the end of day `as_of`, in Beijing time.
    `after` is `next` of the page before."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    as_of: Day | None = None
    after: Annotated[int, Field(ge=1, lt=2**63)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    min_position: Position = 0


class ReasonsFilter(BaseModel):
    """Where points would be given: one's own territory without any."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    territory: Word | None = None

"""What clients may ask of what is outstanding."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from shared.core.text import Word
from shared.runtime.web.moments import Day, Position

Format = Literal["xlsx", "csv", "json"]


class OutstandingFilter(BaseModel):
    """Of which subtree, under the boundaries of today; on which day, today or later, in Beijing
    time: what ends before it is left out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    territory: Word | None = None
    on: Day | None = None
    min_position: Position = 0

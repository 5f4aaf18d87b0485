"""What clients may ask for when they read of promises."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from shared.core.text import Word
from shared.runtime.web.moments import Position


class PromiseFilter(BaseModel):
    """Which series: of a subtree under the boundaries of today, `promised` or only planned, still
    `running` or not, `missed` at least once or never. `after` is `next` of the page before."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    territory: Word | None = None
    promised: bool | None = None
    running: bool | None = None
    missed: bool | None = None
    after: Annotated[int, Field(ge=1, lt=2**63)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    min_position: Position = 0

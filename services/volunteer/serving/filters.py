"""What clients may ask for when they read of duty posts."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from shared.core.text import Word
from shared.runtime.web.moments import Position


class DutyFilter(BaseModel):
    """Which posts: of a subtree under the boundaries of today, of one holder, `held` now or ended.
    `after` is `next` of the page before."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    territory: Word | None = None
    holder: UUID | None = None
    held: bool | None = None
    after: Annotated[int, Field(ge=1, lt=2**63)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    min_position: Position = 0

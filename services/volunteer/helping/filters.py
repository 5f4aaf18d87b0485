"""What clients may ask for when they read of help."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from services.volunteer.words import HelpStatus, Service
from shared.core.text import Word
from shared.runtime.web.moments import Position

After = Annotated[int, Field(ge=1, lt=2**63)]
Limit = Annotated[int, Field(ge=1, le=200)]


class HelpFilter(BaseModel):
    """Whose: `board` is what is open to anybody, under a territory or wherever; `asked` what the
    actor asked for, `helping` what they do for others. `after` is `next` of the page before."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    of: Literal["board", "asked", "helping"] = "board"
    territory: Word | None = None
    service: Service | None = None
    after: After | None = None
    limit: Limit = 50
    min_position: Position = 0


class DeskFilter(BaseModel):
    """Requests of a territory, in one state or in any."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    territory: Word | None = None
    status: HelpStatus | None = None
    service: Service | None = None
    after: After | None = None
    limit: Limit = 50
    min_position: Position = 0


class OneFilter(BaseModel):
    """How far the answer has to have come."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    min_position: Position = 0

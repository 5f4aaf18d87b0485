"""What clients may ask of figures."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from shared.core.text import Word
from shared.runtime.web.moments import Position

Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]


class HoursFilter(BaseModel):
    """Of which territory, the actor's own without any; from which month to which, both in, the
    last twelve without any. `min_position` is a place in the log."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    territory: Word | None = None
    since: Annotated[Month | None, Field(alias="from")] = None
    until: Month | None = None
    min_position: Position = 0

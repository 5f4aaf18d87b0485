"""What clients send and ask about clearing."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from shared.runtime.web.forms import Form
from shared.runtime.web.moments import Month, Position


class Closing(Form):
    """Agree on the positions of a month that is over."""

    month: Month


class ClearingFilter(BaseModel):
    """Of which month; by communities as they are drawn now, or as they were at its end."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    month: Month
    drawn: Literal["now", "then"] = "now"
    min_position: Position = 0

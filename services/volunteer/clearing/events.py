"""What can have happened to the clearing of a month."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from shared.core.messages import Event


class Position(BaseModel):
    """What a community comes out with, in minutes: `gave` in help to people of others, `took` in
    help from others; what it is owed, less what it owes, is their difference."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    community: str
    gave: int
    took: int


class ClearingClosed(Event):
    """The positions of a month were agreed on, as they were at this position of the log, under the
    boundaries of that day. What is found out later stands beside them."""

    type: Literal["clearing-closed"] = "clearing-closed"
    month: str
    district: str
    lines: tuple[Position, ...]
    position: int


ClearingEvent = ClearingClosed

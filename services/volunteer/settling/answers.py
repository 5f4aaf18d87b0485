"""What clients get about clearing. All in minutes."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel

from shared.runtime.projections.watermarks import Watermark


class PositionLine(BaseModel):
    """What a community's people gave to others' and took from them; `net` is what it is owed, less
    what it owes."""

    community: str
    gave: int
    took: int
    net: int


class PairLine(BaseModel):
    """What one community owes another, both ways set off."""

    owes: str
    to: str
    minutes: int


class Closed(BaseModel):
    """What was agreed on, when, by whom, as of which position of the log."""

    at: datetime
    by: str
    position: int
    lines: list[PositionLine]


class ClearingView(BaseModel):
    """A month: the nets of all communities sum to zero. `inside` are minutes that stayed within
    one. `closed` is what was agreed on; what was recorded since makes the difference."""

    month: str
    lines: list[PositionLine]
    pairs: list[PairLine]
    inside: int
    closed: Closed | None
    watermark: Watermark

"""What clients get: the answers of the HTTP API."""

from __future__ import annotations

from pydantic import BaseModel

from services.dashboard.words import Status
from shared.runtime.projections.watermarks import Watermark


class CaseDaysLine(BaseModel):
    """How many cases filed on `day`, or in `territory` and below, are in the state `status`."""

    day: str | None
    territory: str | None
    status: Status
    cases: int


class CaseTotals(BaseModel):
    """The sum of all lines, and by state."""

    cases: int
    states: dict[Status, int]


class CaseDays(BaseModel):
    """Cases by day or by territory, then by state, in that order. The position of the watermark is
    one of the case service's log."""

    items: list[CaseDaysLine]
    totals: CaseTotals
    watermark: Watermark

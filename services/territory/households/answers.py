"""What clients get about households."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from shared.runtime.projections.watermarks import Watermark


class HouseholdLine(BaseModel):
    """A household as it was at the end of the day asked for; `occupied` says whether people lived
    there. `area_dm2` is its floor area in square decimetres."""

    id: UUID
    building: str
    door: str
    area_dm2: int
    occupied: bool
    since: datetime


class HouseholdPage(BaseModel):
    """Households by building and door. `total` and `area_dm2` are of all of them, on this page or
    not. `next` continues the page; a page may be shorter than asked and still have one."""

    items: list[HouseholdLine]
    total: int
    area_dm2: int
    next: str | None
    watermark: Watermark

"""What clients get about campaigns."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from shared.runtime.projections.watermarks import Watermark


class CampaignLine(BaseModel):
    """A campaign, with the sums of its results; `words` are the latest, null once they were erased.
    They are sealed for `person`. `version` is for `If-Match`."""

    id: UUID
    version: int
    name: str
    territory: str
    day: str
    open: bool
    cases: int
    results: int
    rubbish_kg: int
    people: int
    words: str | None
    person: UUID | None
    opened_at: datetime
    closed_at: datetime | None


class CampaignTotals(BaseModel):
    """What came of all campaigns of a territory, whatever is asked for besides."""

    territory: str
    campaigns: int
    cases: int
    rubbish_kg: int
    people: int


class CampaignList(BaseModel):
    """A page of campaigns, the latest first; `next` continues it."""

    items: list[CampaignLine]
    totals: list[CampaignTotals]
    next: int | None
    watermark: Watermark

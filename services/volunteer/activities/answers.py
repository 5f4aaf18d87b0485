"""What clients get of activities."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from services.volunteer.activity.words import ActivityStatus, CancelReason, Kind, Mode
from services.volunteer.words import Service
from shared.runtime.projections.watermarks import Watermark


class ActivityLine(BaseModel):
    """An activity. `signed` have a place, `free` are left: null without a limit. `mine` is how the
    reader stands: signed_up, waiting, withdrawn, in, out, came, left, absent."""

    activity_id: UUID
    version: int
    name: str
    place: str
    lat: int | None
    lon: int | None
    starts: datetime
    ends: datetime
    day: str
    capacity: int | None
    free: int | None
    mode: Mode
    kind: Kind
    service: Service
    territory: str
    team: UUID | None
    series: UUID | None
    campaign: str | None
    status: ActivityStatus
    signed: int
    waiting: int
    came: int
    minutes: int
    served: int
    rubbish_kg: int
    reason: CancelReason | None
    mine: str | None


class ActivityList(BaseModel):
    """Activities, the first first; `next` continues them."""

    items: list[ActivityLine]
    next: UUID | None
    watermark: Watermark


class SeatLine(BaseModel):
    """One line of the sheet. `missed` is how often they had a place before and did not come."""

    person: UUID
    name: str | None
    status: str
    signed_up_at: datetime
    signed_in_at: datetime | None
    signed_out_at: datetime | None
    evidence: str | None
    minutes: int | None
    no_show: bool
    missed: int


class ActivityView(BaseModel):
    """An activity; `sheet` only for whoever may see who comes. `words` are null once erased."""

    activity: ActivityLine
    words: str | None
    may_record: bool
    may_lead: bool
    sheet: list[SeatLine]
    watermark: Watermark


class SiteCode(BaseModel):
    """What is shown on site, and until when."""

    code: str
    until: datetime


class EffectLine(BaseModel):
    """What came of a campaign, all its activities together."""

    campaign: str
    planned: int
    held: int
    came: int
    minutes: int
    served: int
    rubbish_kg: int


class EffectList(BaseModel):
    """Campaigns by name; `next` continues them."""

    items: list[EffectLine]
    next: str | None
    watermark: Watermark

"""What clients get about help."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from services.volunteer.words import Care, HelpStatus, Payer, Service
from shared.runtime.projections.watermarks import Watermark


class HelpLine(BaseModel):
    """A request. Who is not in it, and does not keep it, is not told who asks, in what words, why
    the pool pays, or who helps, and of the place only the neighbourhood: all that is null. Names
    are for who may see them. `mine` is what it is to the reader, `steps` are what they may do now.
    `done` are the minutes that the helper says, `paid_minutes` those that were confirmed."""

    id: UUID
    status: HelpStatus
    territory: str
    service: Service
    minutes: int
    day: str
    since: str | None
    asked_at: datetime
    ended_at: datetime | None
    mine: str | None
    requester: UUID | None
    requester_name: str | None
    volunteer: UUID | None
    volunteer_name: str | None
    words: str | None
    care: Care | None
    paid: Payer | None
    done: int | None
    paid_minutes: int | None
    review: int | None
    steps: list[str]


class HelpList(BaseModel):
    """A page of requests, the latest first; `next` continues it."""

    items: list[HelpLine]
    next: int | None
    watermark: Watermark


class HelpView(BaseModel):
    """One request."""

    help: HelpLine
    watermark: Watermark


class HelperLine(BaseModel):
    """Somebody who has served so before, `near` if at that very place; how often, how long."""

    person: UUID
    near: bool
    times: int
    minutes: int
    last_day: str


class HelperList(BaseModel):
    """Who might help, the nearest first."""

    items: list[HelperLine]
    watermark: Watermark

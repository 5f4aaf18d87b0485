"""What clients get of notices."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from services.grievance.words import (
    FailureReason,
    NoticeStatus,
    PortName,
    ToldOf,
    UndeliverableReason,
)
from shared.runtime.projections.watermarks import Watermark


class NoticeLine(BaseModel):
    """What the petitioner was told, or is to be told, of event `version` of their case. So many
    `tries` were made, the last by `port`; `reason` says why that failed, or why there is no way.
    The next try is not before `next_try`. How they are reached is not said."""

    id: UUID
    version: int
    step: ToldOf
    status: NoticeStatus
    owed_at: datetime
    tries: int
    port: PortName | None
    reason: FailureReason | UndeliverableReason | None
    next_try: datetime | None
    ended_at: datetime | None


class NoticeList(BaseModel):
    """The delivery log of a case, in the order of its events."""

    items: list[NoticeLine]
    watermark: Watermark


class OutboxLine(BaseModel):
    """What would have been sent if there were a port: to the petitioner of which case, in which
    words."""

    id: UUID
    case_id: UUID
    number: str
    step: ToldOf
    owed_at: datetime
    ended_at: datetime
    text: str


class Outbox(BaseModel):
    """A page of the outbox, the latest first; `next` continues it."""

    items: list[OutboxLine]
    next: str | None
    watermark: Watermark

"""What clients get: the boards of the HTTP API."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel

from services.grievance.words import (
    Channel,
    Outcome,
)
from shared.runtime.projections.watermarks import Watermark


class ResponseTimes(BaseModel):
    """One group of the report; days are seconds / 86,400."""

    group: str
    cases: int
    median_days: float | None
    p90_days: float | None
    within_15_days: float


class ResponseBoard(BaseModel):
    """Response times by group, `all` first."""

    items: list[ResponseTimes]
    watermark: Watermark


class UnitBacklog(BaseModel):
    """What lies with a unit; with none where `unit` is null: not yet dispatched, or reopened.

    `open` waits for a step towards a reply: `dispatched` for a signature, `signed` for the reply.
    `replied` waits to be closed. Of what is open, `overdue` is too old, the oldest has lain there
    since `oldest_since`, and the one filed first was filed at `oldest_raised`.
    """

    unit: str | None
    open: int
    dispatched: int
    signed: int
    replied: int
    closed: int
    overdue: int
    oldest_since: datetime | None
    oldest_raised: datetime | None


class BacklogBoard(BaseModel):
    """The backlog of each unit, the longest first."""

    items: list[UnitBacklog]
    watermark: Watermark


class ChannelLine(BaseModel):
    """The petitions of a channel, in the month they were filed in (Beijing time) when it is asked
    month by month; `outcomes` counts those that are closed."""

    month: str | None
    channel: Channel
    petitions: int
    closed: int
    outcomes: dict[Outcome, int]


class Proactive(BaseModel):
    """Of all petitions that are shown, those that patrols and grids `found` before anyone
    complained; in thousandths, null of none."""

    found: int
    petitions: int
    per_mille: int | None


class ChannelBoard(BaseModel):
    """How petitions came in, and how they ended."""

    items: list[ChannelLine]
    proactive: Proactive
    watermark: Watermark

"""What clients get of volunteers."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from services.volunteer.volunteer.words import EndReason, Skill
from services.volunteer.words import Service
from shared.runtime.projections.watermarks import Watermark


class VolunteerLine(BaseModel):
    """A volunteer. A `name` is null where this reader may not see it, or it was erased."""

    person: UUID
    version: int
    territory: str
    status: str
    name: str | None
    skills: list[Skill]
    services: list[Service]
    since: datetime
    ended_at: datetime | None
    reason: EndReason | None


class VolunteerList(BaseModel):
    """Volunteers in the order of their ids; `next` continues them."""

    items: list[VolunteerLine]
    next: UUID | None
    watermark: Watermark


class Membership(BaseModel):
    """A team that they are or were in, from day to day."""

    team_id: UUID
    name: str
    since: str
    until: str | None


class VolunteerView(BaseModel):
    """A volunteer, and the teams they are or were in."""

    volunteer: VolunteerLine
    teams: list[Membership]
    watermark: Watermark

"""What clients get of teams."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from services.volunteer.team.words import TeamKind, TeamStatus
from shared.runtime.projections.watermarks import Watermark


class TeamLine(BaseModel):
    """A team; `minutes` were approved of what it served in the year that was asked for. `years` is
    how many whole years it has been there, or was."""

    team_id: UUID
    version: int
    name: str
    territory: str
    kind: TeamKind
    since: str
    years: int
    status: TeamStatus
    members: int
    ever: int
    minutes: int
    merged_into: UUID | None
    absorbed: int
    ended_at: datetime | None


class TeamList(BaseModel):
    """Teams, the oldest first; `next` continues them."""

    items: list[TeamLine]
    year: int
    next: UUID | None
    watermark: Watermark


class MemberLine(BaseModel):
    """Somebody who is or was in it. A `name` is null where this reader may not see it."""

    person: UUID
    name: str | None
    leads: bool
    since: str
    until: str | None
    years: int
    minutes: int
    came_with: UUID | None
    came_from: str | None


class PartLine(BaseModel):
    """A team that became a part of it."""

    team_id: UUID
    name: str
    since: str
    ended_at: datetime | None


class TeamView(BaseModel):
    """A team with its roster; `roster` has no more than the reader's own line where they may not
    see the others."""

    team: TeamLine
    year: int
    may_manage: bool
    is_member: bool
    roster: list[MemberLine]
    parts: list[PartLine]
    watermark: Watermark

"""What clients get of figures. Times are minutes."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel

from services.volunteer.words import Service
from shared.runtime.projections.watermarks import Watermark


class Sums(BaseModel):
    """Records that count and their minutes; how many wait for approval, how many were reversed."""

    records: int
    minutes: int
    waiting: int
    reversed: int


class OfMonth(Sums):
    """The hours of a month, such as `2026-05`."""

    month: str


class OfService(Sums):
    """The hours of a kind of service."""

    service: Service


class OfTeam(Sums):
    """The hours of a team; null is what was served in none. `streak` is for how many years in a row
    the team has hours, up to this year or the one before; `first_year` the first with any."""

    team: UUID | None
    streak: int
    first_year: int | None


class HoursBoard(BaseModel):
    """The hours of a territory in these months; every list adds up to `total`. Teams with most
    minutes lead."""

    territory: str
    since: str
    until: str
    total: Sums
    streak: int
    first_year: int | None
    months: list[OfMonth]
    services: list[OfService]
    teams: list[OfTeam]
    watermark: Watermark

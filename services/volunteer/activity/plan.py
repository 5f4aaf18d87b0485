"""What an activity is to be, and the figures that its hours are held to."""

from __future__ import annotations

from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict

from services.volunteer.account.record_events import Spot
from services.volunteer.activity.words import Arrival


class When(BaseModel):
    """What may change about an activity: its `name` and `place` are for everyone to read; at most
    `capacity` people take part, any number without it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    place: str
    spot: Spot | None = None
    starts: AwareDatetime
    ends: AwareDatetime
    capacity: int | None = None


class Limits(BaseModel):
    """Of the rules under which an activity was held: the longest single service and what fits into
    a day, in minutes; after how many days hours need a reason."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str
    longest: int
    daily: int
    late_days: int


class Attendance(BaseModel):
    """Somebody took part, from `since` to `until`, and `minutes` of that count. `proof` is the
    SHA-256 of what was shown."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    person: UUID
    since: AwareDatetime
    until: AwareDatetime
    minutes: int
    evidence: Arrival
    proof: str | None = None

"""What clients get about stars."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from services.volunteer.words import Level
from shared.runtime.projections.watermarks import Watermark

State = Literal["applied", "noticed", "objected", "upheld", "ready"]


class StarLine(BaseModel):
    """An application in the queue. `number` is what it is known by on the public notice; times are
    minutes. `ready` is one whose notice is over, with nothing against it. A `name` is null for
    who may not see it."""

    number: int
    person: UUID
    name: str | None
    territory: str
    state: State
    held: int
    star: int
    level: Level
    rules: str
    needs: int
    minutes: int
    applicant: str
    asked_at: datetime
    notice_until: str | None
    open_objections: int


class StarQueue(BaseModel):
    """A page of applications, the oldest first; `next` continues it."""

    items: list[StarLine]
    next: int | None
    watermark: Watermark


class DoubtLine(BaseModel):
    """A star that is in doubt: `minutes` are left of the `needs` that it took; `served` are those
    that the person has by now."""

    person: UUID
    name: str | None
    territory: str
    star: int
    minutes: int
    needs: int
    served: int | None


class DoubtList(BaseModel):
    """A page of stars in doubt, by person; `next` continues it."""

    items: list[DoubtLine]
    next: UUID | None
    watermark: Watermark


class NoticeLine(BaseModel):
    """What anybody may read of an application: its number, the first character of
    the name where one is kept, the place, the star and the minutes; up to the end of which day one
    may object."""

    number: int
    name: str | None
    territory: str
    star: int
    minutes: int
    notice_until: str


class NoticeList(BaseModel):
    """A page of the public notice, the oldest first; `next` continues it."""

    items: list[NoticeLine]
    next: int | None
    watermark: Watermark


class NextStar(BaseModel):
    """The star that comes next: the minutes that it takes, and how many are missing."""

    star: int
    needs: int
    missing: int
    level: Level


class ObjectionLine(BaseModel):
    """One objection; its words are null for whoever does not judge it, and once erased."""

    number: int
    state: Literal["open", "upheld", "dismissed"]
    said_at: datetime
    words: str | None


class StarEvent(BaseModel):
    """One thing that has happened to the stars."""

    type: str
    at: datetime
    star: int | None
    reason: str | None
    document: str | None


class StarsView(BaseModel):
    """A person's stars. `held` was awarded; `eligible` is what the `minutes` that count would reach
    under `rules`, those in force where the person is at home: it changes no award. While the star
    is `in_doubt`, `doubt_minutes` are there by now of the `doubt_needs` that it took. `applies` is
    the star that could be applied for now; `version` is its ETag, too."""

    person: UUID
    name: str | None
    version: int
    territory: str
    held: int
    level: Level | None
    since: str | None
    certificate: str | None
    in_doubt: bool
    doubt_minutes: int | None
    doubt_needs: int | None
    rules: str
    minutes: int
    eligible: int
    next: NextStar | None
    barred_until: datetime | None
    application: StarLine | None
    objections: list[ObjectionLine]
    history: list[StarEvent]
    applies: int | None
    steps: list[Literal["apply", "notice", "award", "refuse", "revoke", "clear", "answer"]]

"""What clients get about honours."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from services.points.honour.words import Verdict
from services.points.words import HonourHolder, HonourLevel
from shared.core.roles import Role
from shared.runtime.projections.watermarks import Watermark

State = Literal[
    "nominated", "noticed", "objected", "upheld", "ready", "held", "declined", "withdrawn"
]
Step = Literal["publicise", "answer", "grant", "decline", "withdraw"]


class HonourLine(BaseModel):
    """A nomination in the queue. `number` is what it is known by on the public notice; `ready` is
    one whose notice is over, with nothing against it. `holder` is the code of a building or a
    community, null for people; a `name` is null for who may not see it, and once erased."""

    honour: UUID
    number: int
    state: State
    code: str
    title: str
    title_en: str | None
    level: HonourLevel
    kind: HonourHolder
    holder: str | None
    name: str | None
    territory: str
    year: int
    asked_at: datetime
    notice_until: str | None
    open_objections: int


class HonourQueue(BaseModel):
    """A page of nominations, the oldest first; `next` continues it."""

    items: list[HonourLine]
    next: int | None
    watermark: Watermark


class NoticeLine(BaseModel):
    """What anybody may read of a nomination: whom it is for, by the first character of a name, or
    by the code of a building or a community; up to the end of which day one may object."""

    honour: UUID
    number: int
    title: str
    title_en: str | None
    kind: HonourHolder
    holder: str | None
    name: str | None
    territory: str
    year: int
    notice_until: str


class NoticeList(BaseModel):
    """A page of the public notice, the oldest first; `next` continues it."""

    items: list[NoticeLine]
    next: int | None
    watermark: Watermark


class WallLine(BaseModel):
    """An honour that is held since this day. A `name` is in full for who is known in the district,
    its first character for everybody else, null once it was erased. `recorded` is one that was
    granted before there was this system, or by others."""

    honour: UUID
    title: str
    title_en: str | None
    level: HonourLevel
    code: str
    kind: HonourHolder
    holder: str | None
    name: str | None
    territory: str
    year: int
    since: str
    recorded: bool


class KindCount(BaseModel):
    """An honour, and how many hold it here; `code` is empty where no rules have it."""

    code: str
    kind: HonourHolder
    title: str
    title_en: str | None
    held: int


class YearCount(BaseModel):
    """How many honours for this year are held here."""

    year: int
    held: int


class HonourWall(BaseModel):
    """A page of the wall, the newest first; `next` continues it. `kinds` and `years` are those of
    the place, whatever else is asked for."""

    territory: str
    items: list[WallLine]
    kinds: list[KindCount]
    years: list[YearCount]
    next: str | None
    watermark: Watermark


class KindLine(BaseModel):
    """An honour that one can be nominated for: whose it can be, how long the notice is, who grants
    it."""

    code: str
    label: str
    label_en: str
    holder: HonourHolder
    notice_days: int
    level: HonourLevel
    granted_by: list[Role]


class KindList(BaseModel):
    """The honours of the rules in force."""

    rules: str
    items: list[KindLine]


class ObjectionLine(BaseModel):
    """One objection; its words are null for whoever does not judge it, and once erased."""

    number: int
    state: Verdict
    said_at: datetime
    words: str | None


class HonourStep(BaseModel):
    """One thing that has happened to the honour."""

    type: str
    at: datetime
    reason: str | None
    document: str | None
    until: str | None


class HonourView(BaseModel):
    """One honour; `version` is its ETag, too. `words` say what it is for. `granted_by` are the
    roles that may grant it, `steps` what whoever asks may do now."""

    honour: HonourLine
    version: int
    words: str | None
    rules: str
    notice_days: int
    granted_by: list[Role]
    since: str | None
    document: str | None
    source: str | None
    objections: list[ObjectionLine]
    history: list[HonourStep]
    steps: list[Step]

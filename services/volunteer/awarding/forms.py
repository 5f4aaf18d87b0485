"""What clients send about stars. A notice runs from when it is put up, so nothing here is entered
late; what was awarded before there was this system is recorded."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.volunteer.stars.words import RefuseStarReason, RevokeReason
from services.volunteer.words import Level
from shared.core.text import Line, Prose, Word
from shared.runtime.web.forms import Sent
from shared.runtime.web.moments import Day, Position

Star = Annotated[int, Field(ge=1, le=12)]


class Application(Sent):
    """Apply for this star, for oneself or for somebody of one's team."""

    star: Star


class Notice(Sent):
    """Put the application on public notice."""


class Objection(Sent):
    """Object to what is on public notice. Only those who judge it read the words."""

    SEALED = ("words",)

    words: Prose


class ObjectionAnswer(Sent):
    """Say what was found about the objection of this number."""

    SEALED = ("words",)

    objection: Annotated[int, Field(ge=1)]
    upheld: bool
    words: Prose | None = None


class AwardForm(Sent):
    """Award it; where the city or the province awards it, `document` is the number of theirs."""

    certificate: Word | None = None
    document: Line | None = None


class Refusal(Sent):
    """Turn the application down."""

    SEALED = ("words",)

    reason: RefuseStarReason
    words: Prose | None = None


class Revocation(Sent):
    """Take away the star that is held."""

    SEALED = ("words",)

    reason: RevokeReason
    document: Line | None = None
    words: Prose | None = None


class Clearance(Sent):
    """Say that the star is in doubt no more: the hours are there again."""


class RecordForm(Sent):
    """Take over an award as it stands. `source` says from where; `needs` are the minutes that it
    took there, where that is known: then a reversal below them puts it in doubt."""

    territory: Word
    star: Star
    level: Level
    day: Day
    source: Line
    needs: Annotated[int, Field(ge=1, le=100_000_000)] | None = None
    certificate: Word | None = None


class QueueFilter(BaseModel):
    """Which applications: of a subtree under the boundaries of today, in which state. `after` is
    `next` of the page before."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    territory: Word | None = None
    state: Annotated[str, Field(pattern="^(applied|noticed|objected|upheld|ready)$")] | None = None
    after: Annotated[int, Field(ge=1, lt=2**63)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    min_position: Position = 0


class DoubtFilter(BaseModel):
    """Which stars in doubt: of a subtree under the boundaries of today."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    territory: Word | None = None
    after: UUID | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    min_position: Position = 0


class NoticeFilter(BaseModel):
    """Which part of the public notice: of a subtree under the boundaries of today."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    territory: Word | None = None
    after: Annotated[int, Field(ge=1, lt=2**63)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 100
    min_position: Position = 0

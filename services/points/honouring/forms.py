"""What clients send about honours. A notice runs from when it is put up, so nothing here is entered
late; what was granted before there was this system is recorded."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.points.honour.words import DeclineReason, WithdrawReason
from services.points.rules.book import CODE
from services.points.words import HonourHolder, HonourLevel
from shared.core.text import Line, Prose, Word
from shared.runtime.web.forms import Sent
from shared.runtime.web.moments import Day, Position

Code = Annotated[str, Field(pattern=CODE)]
Year = Annotated[int, Field(ge=1949, le=2199)]
Number = Annotated[int, Field(ge=1, lt=2**63)]


class Named(Sent):
    """Whose honour: of a person, or of a household, the `person` who holds it or stands for it,
    with their `name`; of a building or a community, its `territory`."""

    SEALED: ClassVar[tuple[str, ...]] = ("name",)

    person: UUID | None = None
    territory: Word | None = None
    name: Word | None = None


class Nomination(Named):
    """Nominate somebody for an honour as the rules call it, for a year; `words` say what for."""

    SEALED = ("name", "words")

    code: Code
    year: Year
    words: Prose | None = None


class Notice(Sent):
    """Put the nomination on public notice."""


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


class Granting(Sent):
    """Grant it; where a higher body grants it, `document` is the number of theirs."""

    document: Line | None = None


class Declining(Sent):
    """Turn the nomination down."""

    SEALED = ("words",)

    reason: DeclineReason
    words: Prose | None = None


class Withdrawal(Sent):
    """Let the honour be held no more."""

    SEALED = ("words",)

    reason: WithdrawReason
    document: Line | None = None
    words: Prose | None = None


class RecordForm(Named):
    """Take over an honour that was granted on `day`, before there was this system or by others;
    `source` says from where. `code` where the rules have such an honour, too."""

    kind: HonourHolder
    title: Word
    title_en: Word | None = None
    level: HonourLevel
    day: Day
    source: Line
    code: Code | None = None


class QueueFilter(BaseModel):
    """Which nominations: of a subtree under the boundaries of today, in which state. `after` is
    `next` of the page before."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    territory: Word | None = None
    state: Literal[
        "nominated", "noticed", "objected", "upheld", "ready", "held", "declined", "withdrawn"
    ] | None = None  # fmt: skip
    after: Number | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    min_position: Position = 0


class NoticeFilter(BaseModel):
    """Which part of the public notice: of a subtree under the boundaries of today."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    territory: Word | None = None
    after: Number | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 100
    min_position: Position = 0


class WallFilter(BaseModel):
    """Which honours: of a subtree under the boundaries of today, of a year, of a kind of holder,
    as the rules call them. `after` is `next` of the page before: a day and a number."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    territory: Word | None = None
    year: Year | None = None
    kind: HonourHolder | None = None
    code: Code | None = None
    after: Annotated[
        str | None, Field(pattern="^[12][0-9]{3}-[01][0-9]-[0-3][0-9]\\.[0-9]{1,18}$")
    ] = None
    limit: Annotated[int, Field(ge=1, le=200)] = 60
    min_position: Position = 0


class OneFilter(BaseModel):
    """How far the answer has to have come."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    min_position: Position = 0


class KindFilter(BaseModel):
    """Where the rules are in force."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    territory: Word | None = None

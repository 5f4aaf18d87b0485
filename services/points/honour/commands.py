"""What people may ask of an honour. Personal values arrive sealed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.points.account.dated import Dated
from services.points.honour.words import DeclineReason, WithdrawReason
from services.points.rules.book import PointsRules
from services.points.words import HonourHolder, HonourLevel
from shared.core.messages import Command
from shared.core.sealed import Sealed


@dataclass(frozen=True, kw_only=True)
class NominateHonour(Command):
    """Nominate this holder for the honour that `rules` call so, for a year. `holder` is an id, or
    the code of a territory; `person` is who it is, or who stands for the household; `territory` is
    where it is at home."""

    code: str
    holder: str
    territory: str
    year: int
    rules: PointsRules
    person: UUID | None = None
    name: Sealed | None = None
    words: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class PubliciseHonour(Command):
    """Put the nomination on public notice, from the next working day on."""


@dataclass(frozen=True, kw_only=True)
class ObjectHonour(Command):
    """Object to a nomination that is on public notice."""

    words: Sealed


@dataclass(frozen=True, kw_only=True)
class AnswerHonourObjection(Command):
    """Say what was found about an objection."""

    objection: int
    upheld: bool
    words: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class GrantHonour(Command):
    """Grant the honour, once its notice is over; what a higher body grants is granted here by the
    `document` of theirs."""

    document: str | None = None


@dataclass(frozen=True, kw_only=True)
class DeclineHonour(Command):
    """Turn the nomination down."""

    reason: DeclineReason
    words: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawHonour(Command):
    """Let the honour be held no more."""

    reason: WithdrawReason
    document: str | None = None
    words: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class RecordHonour(Dated):
    """Take over an honour as it stands: it was granted on `day`, before there was this system or by
    others. `code` is empty where no rules have it."""

    kind: HonourHolder
    holder: str
    territory: str
    level: HonourLevel
    title: str
    day: str
    source: str
    title_en: str | None = None
    code: str = ""
    person: UUID | None = None
    name: Sealed | None = None


HonourCommand = (
    NominateHonour
    | PubliciseHonour
    | ObjectHonour
    | AnswerHonourObjection
    | GrantHonour
    | DeclineHonour
    | WithdrawHonour
    | RecordHonour
)

"""What people may ask of a person's stars."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.volunteer.rules.book import VolunteerRules
from services.volunteer.stars.words import RefuseStarReason, RevokeReason
from services.volunteer.words import Level
from shared.core.messages import Command
from shared.core.sealed import Sealed


@dataclass(frozen=True, kw_only=True)
class ApplyStar(Command):
    """Apply for a star, for oneself or for somebody of one's team. `rules` are those in force where
    the person is at home, `territory`. It is decided together with the account, which says what was
    served."""

    person: UUID
    territory: str
    star: int
    rules: VolunteerRules


@dataclass(frozen=True, kw_only=True)
class NoticeStar(Command):
    """Put the application on public notice, from the next working day on."""


@dataclass(frozen=True, kw_only=True)
class ObjectStar(Command):
    """Object to an application that is on public notice."""

    words: Sealed


@dataclass(frozen=True, kw_only=True)
class AnswerObjection(Command):
    """Say what was found about an objection."""

    objection: int
    upheld: bool
    words: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class AwardStar(Command):
    """Award the star that was applied for: the county does so itself; what the city or the province
    awards is recorded by the `document` of theirs. Decided together with the account."""

    certificate: str | None = None
    document: str | None = None


@dataclass(frozen=True, kw_only=True)
class RefuseStar(Command):
    """Turn the application down."""

    reason: RefuseStarReason
    words: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class RevokeStar(Command):
    """Take the star that the person holds away; they hold the one before it again, if any."""

    reason: RevokeReason
    document: str | None = None
    words: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class ClearStar(Command):
    """Say that the star is in doubt no more. Decided together with the account."""


@dataclass(frozen=True, kw_only=True)
class RecordStar(Command):
    """Take over an award as it stands, of an earlier system or another district. `needs` are the
    minutes that it took there, where that is known."""

    person: UUID
    territory: str
    star: int
    level: Level
    day: str
    source: str
    needs: int | None = None
    certificate: str | None = None


@dataclass(frozen=True, kw_only=True)
class ReviewStar(Command):
    """Hours of the person were reversed, of `day`: `minutes` went, `total` are left."""

    minutes: int
    total: int
    day: str


StarsCommand = (
    ApplyStar
    | NoticeStar
    | ObjectStar
    | AnswerObjection
    | AwardStar
    | RefuseStar
    | RevokeStar
    | ClearStar
    | RecordStar
    | ReviewStar
)

"""What people may ask of a claim. `rules` are those under which it is, or was, made."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.points.account.dated import Dated
from services.points.claim.words import Refusal
from services.points.rules.book import PointsRules
from shared.core.messages import Command
from shared.core.sealed import Sealed


@dataclass(frozen=True, kw_only=True)
class ClaimPoints(Dated):
    """Say that this person did something on day `day`: `quantity` times, or minutes, of this
    reason. `words` tell of it, `proof` is the SHA-256 of a photo that shows it."""

    person: UUID
    reason: str
    quantity: int
    day: str
    territory: str
    rules: PointsRules
    words: Sealed | None = None
    proof: str | None = None


@dataclass(frozen=True, kw_only=True)
class ApproveClaim(Dated):
    """Say of a claim that it is so: its points are given. The person is at home in `home`."""

    home: str
    rules: PointsRules


@dataclass(frozen=True, kw_only=True)
class RejectClaim(Command):
    """Say of a claim that it is not so."""

    reason: Refusal
    words: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawClaim(Command):
    """Take back what one claimed."""


ClaimCommand = ClaimPoints | ApproveClaim | RejectClaim | WithdrawClaim

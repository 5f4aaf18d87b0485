"""What clients send about claims."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from services.points.claim.words import Refusal
from services.points.rules.book import CODE
from shared.core.late_entry import LateReason
from shared.core.text import Prose, Word
from shared.runtime.web.forms import Sent
from shared.runtime.web.moments import Day

MOST = 200


class NewClaim(Sent):
    """Claim points: for oneself without a `person`. `quantity` is how many times, or how many
    minutes where the reason counts hours. `proof` is the SHA-256 of a photo, `territory` where it
    was done: without it, that is where the person is at home. What was done more than 30 days ago
    needs a `late_reason`."""

    SEALED = ("words",)

    person: UUID | None = None
    reason: Annotated[str, Field(pattern=CODE)]
    quantity: Annotated[int, Field(ge=-1_000_000, le=1_000_000)] = 1
    day: Day
    territory: Word | None = None
    words: Prose | None = None
    proof: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None
    late_reason: LateReason | None = None


class Approval(Sent):
    """Say that it is so."""


class Rejection(Sent):
    """Say that it is not so. The `words` are sealed for whose claim it is."""

    SEALED = ("words",)

    reason: Refusal
    words: Prose | None = None


class Withdrawal(Sent):
    """Take back what one claimed."""


def _once(claims: list[UUID]) -> list[UUID]:
    if len(set(claims)) < len(claims):
        raise ValueError("names a claim twice")
    return claims


class Approvals(Sent):
    """Approve these, each for itself: what is refused of one leaves the others as they are."""

    claims: Annotated[list[UUID], Field(min_length=1, max_length=MOST), AfterValidator(_once)]

"""What can have happened to a claim. The union is the catalogue of it."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.points.claim.words import Refusal
from shared.core.messages import Event
from shared.core.sealed import Sealed


class PointsClaimed(Event):
    """The person is said to have done something on day `day`, in `territory`: `quantity` times, or
    minutes, of what the rules of this version call `reason`. `claimer` is who says so; `proof` the
    SHA-256 of a photo."""

    type: Literal["points-claimed"] = "points-claimed"
    person: UUID
    claimer: str
    reason: str
    quantity: int
    day: str
    territory: str
    rules: str
    words: Sealed | None = None
    proof: str | None = None


class ClaimApproved(Event):
    """A second person says that it is so: `points` were given, as lot `lot` of the person's account
    where they are any; what went past a limit is `over`."""

    type: Literal["claim-approved"] = "claim-approved"
    person: UUID
    approver: str
    points: int
    over: int
    lot: int | None = None


class ClaimRejected(Event):
    """A second person says that it is not so."""

    type: Literal["claim-rejected"] = "claim-rejected"
    rejecter: str
    reason: Refusal
    words: Sealed | None = None


class ClaimWithdrawn(Event):
    """Who claimed it, or for whom it was claimed, wants it no more."""

    type: Literal["claim-withdrawn"] = "claim-withdrawn"


ClaimEvent = Annotated[
    PointsClaimed | ClaimApproved | ClaimRejected | ClaimWithdrawn,
    Field(discriminator="type"),
]

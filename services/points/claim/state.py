"""A claim as it is decided on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from services.points.claim.events import (
    ClaimApproved,
    ClaimEvent,
    ClaimRejected,
    ClaimWithdrawn,
    PointsClaimed,
)
from services.points.claim.words import ClaimStatus
from shared.core.state import replace


@dataclass(frozen=True)
class Claim:
    """`told` is what was claimed last: a photo may be claimed with again after a refusal."""

    status: ClaimStatus = "new"
    told: PointsClaimed | None = None

    @property
    def claimed(self) -> PointsClaimed:
        """What was claimed; there is something once it is not new any more."""
        assert self.told is not None
        return self.told

    @property
    def territory(self) -> str:
        """Where it was done; empty before."""
        return self.told.territory if self.told else ""

    @property
    def owner(self) -> str | None:
        """Whose own this is: people are known to the token issuer by their ids here."""
        return str(self.told.person) if self.told else None


def evolve(claim: Claim, event: ClaimEvent) -> Claim:
    """The claim after the event."""
    match event:
        case PointsClaimed():
            return replace(claim, status="waiting", told=event)
        case ClaimApproved():
            return replace(claim, status="approved")
        case ClaimRejected():
            return replace(claim, status="rejected")
        case ClaimWithdrawn():
            return replace(claim, status="withdrawn")
        case _:
            assert_never(event)

"""What two people have to do with a claim: who makes it, and who says that it is so."""

from __future__ import annotations

from services.points.claim.commands import ApproveClaim, ClaimCommand
from services.points.claim.state import Claim
from shared.core.access import Separation
from shared.core.messages import Forbidden


def claim_approved_by_claimer(command: ClaimCommand, claim: Claim) -> None:
    """Who claimed points does not approve them. Raises Forbidden."""
    if isinstance(command, ApproveClaim) and command.actor.id == claim.claimed.claimer:
        detail = "you claimed these points: another person has to approve them"
        raise Forbidden("claim_approved_by_claimer", detail)


def claim_approved_by_holder(command: ClaimCommand, claim: Claim) -> None:
    """Nobody approves points of their own. Raises Forbidden."""
    if isinstance(command, ApproveClaim) and command.actor.id == claim.owner:
        raise Forbidden("claim_approved_by_holder", "these are your own points: another approves")


SEPARATIONS = (
    Separation(("claim_points",), "approve_claim", "person", claim_approved_by_claimer),
    Separation(
        ("claim_points",), "approve_claim", "person", claim_approved_by_holder, of="own points"
    ),
)

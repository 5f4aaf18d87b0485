"""The life of a claim: made, then approved, rejected or withdrawn."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import assert_never

from services.points.claim import claimable
from services.points.claim.commands import (
    ApproveClaim,
    ClaimCommand,
    ClaimPoints,
    RejectClaim,
    WithdrawClaim,
)
from services.points.claim.events import (
    ClaimApproved,
    ClaimEvent,
    ClaimRejected,
    ClaimWithdrawn,
    PointsClaimed,
)
from services.points.claim.state import Claim, evolve
from services.points.claim.two_people import SEPARATIONS
from services.points.claim.upcasters import UPCASTERS
from services.points.claim.words import ClaimStatus
from shared.core.access import Thing
from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.messages import Rejected

# For which claims a command is taken. A photo that was refused once may be claimed with again.
ALLOWED: Mapping[type[ClaimCommand], Set[ClaimStatus]] = {
    ClaimPoints:   {"new", "rejected", "withdrawn"},
    ApproveClaim:  {"waiting"},
    RejectClaim:   {"waiting"},
    WithdrawClaim: {"waiting"},
}  # fmt: skip
CARRIED = (
    "at", "late_reason", "person", "reason", "quantity", "day", "territory", "words", "proof",
)  # fmt: skip


def decide(command: ClaimCommand, claim: Claim) -> list[ClaimEvent]:
    """The events a command leads to. Raises Rejected, and Forbidden where two people are needed."""
    if claim.status not in ALLOWED[type(command)]:
        raise _refused(command, claim)
    for separation in SEPARATIONS:
        separation.rule(command, claim)
    return [_decided(command, claim)]


def _decided(command: ClaimCommand, claim: Claim) -> ClaimEvent:
    match command:
        case ClaimPoints():
            claimable.check(command)
            carried = {name: getattr(command, name) for name in CARRIED}
            rules, claimer = command.rules.version, command.actor.id
            return PointsClaimed(rules=rules, claimer=claimer, **carried)
        case ApproveClaim(at=at, actor=actor):
            # what it brings is the account's to say: see `approving`
            person = claim.claimed.person
            return ClaimApproved(at=at, person=person, approver=actor.id, points=0, over=0)
        case RejectClaim(at=at, actor=actor, reason=reason, words=words):
            return ClaimRejected(at=at, rejecter=actor.id, reason=reason, words=words)
        case WithdrawClaim(at=at, actor=actor):
            if actor.id not in {claim.claimed.claimer, claim.owner}:
                detail = "another claimed this: they withdraw it, or a reviewer turns it down"
                raise Rejected("claimed_by_another", detail, "claim")
            return ClaimWithdrawn(at=at)
        case _:
            assert_never(command)


def concerns(command: ClaimCommand, claim: Claim) -> Thing:
    """Where the deed was; it is the person's own."""
    if isinstance(command, ClaimPoints):
        return Thing((command.territory,), owner=str(command.person))
    return Thing((claim.territory,) if claim.territory else (), owner=claim.owner)


def _refused(command: ClaimCommand, claim: Claim) -> Rejected:
    if isinstance(command, ClaimPoints):
        return Rejected("evidence_used", "this photo was claimed with already", "proof")
    if claim.status == "new":
        return Rejected("no_such_claim", "nothing was claimed so", "claim")
    return Rejected(f"claim_is_{claim.status}", f"this claim is {claim.status}", "claim")


claim: Decider[ClaimCommand, Claim, ClaimEvent] = Decider(
    category="points_claim",
    initial=Claim(),
    decide=decide,
    evolve=evolve,
    territory=lambda state: state.territory,
    events=Catalogue.of(ClaimEvent, UPCASTERS),
    concerns=concerns,
)

"""A claim that is approved brings its points in the same command: both are on record, or neither.

Who may approve is decided by the claim alone: the account follows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from services.points.account.commands import EarnPoints
from services.points.account.decider import account
from services.points.account.events import AccountEvent, PointsCapped, PointsEarned
from services.points.account.state import Account
from services.points.claim.commands import ApproveClaim
from services.points.claim.decider import claim
from services.points.claim.state import Claim
from services.points.claim.stream import source_of
from shared.core.access import Thing
from shared.core.decider import Decider
from shared.core.messages import Event

FOLLOWING: Decider[Any, Any, Any] = replace(
    account, concerns=lambda command, _: Thing(owner=command.actor.id)
)


def approved(command: ApproveClaim, claim_id: UUID, states: Sequence[Any]) -> list[Sequence[Event]]:
    """What happens to the person's account, and to the claim. Raises Rejected, and Forbidden for
    who claimed it and for whom it is."""
    holder, claimed = states
    [approval] = claim.decide(command, claimed)
    given = account.decide(_earning(command, claim_id, claimed), holder)
    return [given, [approval.model_copy(update=_brought(holder, given))]]


def _brought(holder: Account, given: Sequence[AccountEvent]) -> dict[str, int | None]:
    """The points, what went past a limit, and the lot: it is called by the version of its event."""
    for version, event in enumerate(given, holder.version + 1):
        if isinstance(event, PointsEarned):
            return {"points": event.points, "over": event.over, "lot": version}
        if isinstance(event, PointsCapped):
            return {"over": event.over}
    return {}


def _earning(command: ApproveClaim, claim_id: UUID, claimed: Claim) -> EarnPoints:
    told = claimed.claimed
    return EarnPoints(
        at=command.at,
        actor=command.actor,
        late_reason=told.late_reason,
        asked_on=command.asked_on,
        holder=told.person,
        home=command.home,
        reason=told.reason,
        quantity=told.quantity,
        day=told.day,
        territory=told.territory,
        rules=command.rules,
        source=source_of(claim_id),
    )

"""Claims: who is said to have done what for points, and what a second person said to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.points.account.stream import account_of
from services.points.claim.events import (
    ClaimApproved,
    ClaimRejected,
    ClaimWithdrawn,
    PointsClaimed,
)
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, Tally, TallyKey, own_event
from shared.core.state import replace

Told = PointsClaimed | ClaimApproved | ClaimRejected | ClaimWithdrawn


@dataclass(frozen=True)
class PointClaimRow:
    """One claim, as it was made last: `position` is that of its event in the log. `words` and
    `refusal_words` are sealed for `person`. `deed_id` is the key of what it brought in
    `point_deeds`; None where it brought no points. `late` where it was made late with a reason."""

    claim_id: UUID
    person: UUID
    account_id: UUID
    position: int
    version: int
    territory: str
    status: str
    reason: str
    quantity: int
    day: str
    rules: str
    claimer: str
    words: str | None
    proof: str | None
    late: str | None
    claimed_at: datetime
    decided_at: datetime | None
    decider: str | None
    refusal: str | None
    refusal_words: str | None
    points: int
    over: int
    deed_id: UUID | None


def fold(row: PointClaimRow | None, recorded: Recorded[Told]) -> PointClaimRow | None:
    """The claim after the event."""
    event = recorded.event
    if isinstance(event, PointsClaimed):
        return _claimed(recorded, event)
    if row is None:
        return None
    row = replace(row, version=recorded.version, decided_at=recorded.occurred_at)
    match event:
        case ClaimApproved():
            return _approved(row, recorded, event)
        case ClaimRejected(rejecter=by, reason=reason, words=words):
            box = words.box if words else None
            return replace(row, status="rejected", decider=by, refusal=reason, refusal_words=box)
        case ClaimWithdrawn():
            return replace(row, status="withdrawn")


def _approved(row: PointClaimRow, recorded: Recorded[Told], event: ClaimApproved) -> PointClaimRow:
    deed = None
    if event.lot is not None:
        deed = own_event(recorded._replace(stream_id=row.account_id, version=event.lot))
    return replace(
        row,
        status="approved",
        decider=event.approver,
        points=event.points,
        over=event.over,
        deed_id=deed,
    )


def _claimed(recorded: Recorded[Told], event: PointsClaimed) -> PointClaimRow:
    return PointClaimRow(
        claim_id=recorded.stream_id,
        person=event.person,
        account_id=account_of("person", event.person),
        position=recorded.position,
        version=recorded.version,
        territory=event.territory,
        status="waiting",
        reason=event.reason,
        quantity=event.quantity,
        day=event.day,
        rules=event.rules,
        claimer=event.claimer,
        words=event.words.box if event.words else None,
        proof=event.proof,
        late=event.late_reason,
        claimed_at=recorded.occurred_at,
        decided_at=None,
        decider=None,
        refusal=None,
        refusal_words=None,
        points=0,
        over=0,
        deed_id=None,
    )


def count(row: PointClaimRow) -> dict[TallyKey, dict[str, int]]:
    """What it adds to the claims of its place and reason."""
    return {
        (row.territory, row.reason): {
            "waiting": int(row.status == "waiting"),
            "approved": int(row.status == "approved"),
            "rejected": int(row.status == "rejected"),
            "points": row.points,
        }
    }


point_claims: ReadModel[PointClaimRow, Told] = ReadModel(
    name="point_claims",
    row=PointClaimRow,
    fold=fold,
    of=Told,
    indexes=(
        "(person, position)",
        "(person, day)",
        "(territory, position) where status = 'waiting'",
        "(position) where status = 'waiting'",
        "(territory, position)",
        "(position)",
        "(proof) where proof is not null",
    ),
    tally=Tally(
        name="claims_cube",
        keys=("territory", "reason"),
        measures=("waiting", "approved", "rejected", "points"),
        count=count,
    ),
)

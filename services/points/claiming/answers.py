"""What clients get about claims."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from services.points.words import Evidence, Unit
from shared.core.late_entry import LateReason
from shared.runtime.projections.watermarks import Watermark

# late: made with a reason. by_another: somebody else claimed it. same_day: they claimed the same of
# that day. same_proof: another claim shows the same photo. capped: a limit takes some of it.
Odd = Literal["late", "by_another", "same_day", "same_proof", "capped"]
Step = Literal["approve", "reject", "withdraw"]
Status = Literal["waiting", "approved", "rejected", "withdrawn"]


class ClaimLine(BaseModel):
    """One claim. `points` is what it brought; of one that waits, what it would bring now under the
    limits, and `over` what would go past them. `today` and `month` are what the person was given
    for this reason on that day and in its month, `daily` and `monthly` the most there is for it.
    `reversed` where the points were taken back. `odd` is what to look at, `steps` what is open to
    whoever asks. Words are null where there are none, or once they were erased."""

    id: UUID
    number: int
    version: int
    person: UUID
    claimer: str
    territory: str
    status: Status
    reason: str
    label: str
    label_en: str
    unit: Unit
    quantity: int
    day: str
    words: str | None
    proof: str | None
    late: LateReason | None
    claimed_at: datetime
    decided_at: datetime | None
    decider: str | None
    refusal: str | None
    refusal_words: str | None
    rules: str
    points: int
    over: int
    today: int
    month: int
    daily: int | None
    monthly: int | None
    reversed: bool
    odd: list[Odd]
    steps: list[Step]


class Waiting(BaseModel):
    """How many claims for a reason wait."""

    reason: str
    label: str
    label_en: str
    claims: int


class ClaimPage(BaseModel):
    """A page of claims; `next` continues it. `waiting` is what waits in the places asked for,
    whatever else is asked; none where one reads of one person."""

    items: list[ClaimLine]
    next: int | None
    waiting: list[Waiting]
    watermark: Watermark


class ClaimableReason(BaseModel):
    """A reason one may claim: so many `points` each time, or each hour. `left` is what the limits
    of today leave; None where there are none."""

    code: str
    label: str
    label_en: str
    unit: Unit
    points: int
    evidence: Evidence
    daily: int | None
    monthly: int | None
    left: int | None


class Claimable(BaseModel):
    """What this person may claim, by the rules in force at home."""

    person: UUID
    rules: str
    reasons: list[ClaimableReason]
    watermark: Watermark


class ApprovedClaim(BaseModel):
    """What came of one of them: the version of the claim, or the `code` of the refusal."""

    claim: UUID
    version: int | None
    code: str | None
    detail: str | None


class ApprovedClaims(BaseModel):
    """What came of each, in the order in which they were named. `position` is that of the last."""

    items: list[ApprovedClaim]
    approved: int
    position: int

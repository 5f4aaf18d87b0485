"""What clients get about hours."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from services.volunteer.words import Care, Evidence, Grade, RecordStatus, Service
from shared.core.late_entry import LateReason
from shared.runtime.projections.watermarks import Watermark

# late: entered with a reason. own_entry: by whose hours these are. weak: evidence of the lowest
# grade. long: more than eight hours. full_day: more than twelve on that day, all together.
# same_proof: another record shows the same evidence.
Odd = Literal["late", "own_entry", "weak", "long", "full_day", "same_proof"]
Step = Literal["approve", "reject", "reverse"]


class RecordLine(BaseModel):
    """One record: `record` is its number in the account of the person. `day_minutes` is what they
    did that day in all, by records that wait or were approved. `odd` is what to look at, `steps`
    what is open to whoever asks. `note` is null where there is none, or once it was erased; a
    name for who may not see it, too."""

    person: UUID
    name: str | None
    record: int
    number: int
    territory: str
    status: RecordStatus
    day: str
    minutes: int
    day_minutes: int
    service: Service
    evidence: Evidence
    grade: Grade
    recorder: str
    recorder_name: str | None
    approver: str | None
    since: datetime | None
    until: datetime | None
    activity: UUID | None
    team: UUID | None
    help: UUID | None
    care: Care | None
    sponsor: str | None
    note: str | None
    late: LateReason | None
    entered_at: datetime
    decided_at: datetime | None
    reason: str | None
    odd: list[Odd]
    steps: list[Step]


class RecordPage(BaseModel):
    """A page of records; `next` continues it."""

    items: list[RecordLine]
    next: int | None
    watermark: Watermark


class Approved(BaseModel):
    """What came of one of them: the version of its account, or the `code` of the refusal."""

    person: UUID
    record: int
    version: int | None
    code: str | None
    detail: str | None


class BatchAnswer(BaseModel):
    """What came of each, in the order in which they were named. `position` is that of the last."""

    items: list[Approved]
    approved: int
    position: int

"""What clients send about hours."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from services.volunteer.words import Care, Evidence, RejectReason, ReverseReason, Service
from shared.core.late_entry import LateReason
from shared.core.text import Prose, Word
from shared.runtime.web.forms import Sent
from shared.runtime.web.moments import Day, Moment

MOST = 200
# The decider refuses what no service lasts; this is what a column holds.
Minutes = Annotated[int, Field(ge=-1_000_000, le=1_000_000)]
Record = Annotated[int, Field(ge=1, lt=2**31)]


class Ground(Sent):
    """A place on the ground, in 1e-7 degrees."""

    lat: Annotated[int, Field(ge=-900_000_000, le=900_000_000)]
    lon: Annotated[int, Field(ge=-1_800_000_000, le=1_800_000_000)]


class Hours(Sent):
    """Put hours on record: one's own without a `person`. `proof` is the SHA-256 of what shows it.
    Outside any activity and team a `sponsor` stands for it: the code of a unit. `day` is when it
    began, in Beijing time; one that is some days ago needs a `late_reason`."""

    SEALED = ("note",)

    person: UUID | None = None
    day: Day
    minutes: Minutes
    territory: Word
    service: Service
    evidence: Evidence
    since: Moment | None = None
    until: Moment | None = None
    proof: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None
    spot: Ground | None = None
    activity: UUID | None = None
    team: UUID | None = None
    care: Care | None = None
    beneficiary: UUID | None = None
    sponsor: Annotated[str, Field(pattern="^[0-9A-Za-z._-]{1,60}$")] | None = None
    note: Prose | None = None
    late_reason: LateReason | None = None


class Approval(Sent):
    """Say that it is so."""


class Rejection(Sent):
    """Say that it is not so. The `words` are sealed for whose hours these are."""

    SEALED = ("words",)

    reason: RejectReason
    words: Prose | None = None


class Reversal(Sent):
    """Let approved hours count no more. The `words` are sealed for whose hours these are."""

    SEALED = ("words",)

    reason: ReverseReason
    words: Prose | None = None


class Named(Sent):
    """One record of a person."""

    person: UUID
    record: Record


def _once(records: list[Named]) -> list[Named]:
    if len({(one.person, one.record) for one in records}) < len(records):
        raise ValueError("names a record twice")
    return records


class Approvals(Sent):
    """Approve these, each for itself: what is refused of one leaves the others as they are."""

    records: Annotated[list[Named], Field(min_length=1, max_length=MOST), AfterValidator(_once)]

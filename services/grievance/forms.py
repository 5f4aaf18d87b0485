"""What clients send and get: the shapes of the HTTP API."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from services.grievance.fields import Changes, Moment, Position
from services.grievance.words import (
    CaseType,
    Channel,
    CorrectionReason,
    DeclineReason,
    ErasureReason,
    LateReason,
    Outcome,
    Status,
    Urgency,
)
from shared.core.text import Line, Prose, Word


class Form(BaseModel):
    """A request: unknown fields are refused. `occurred_at` in the past needs a `late_reason`.

    The fields in `SEALED` are personal: they become ciphertext before anything is decided.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    SEALED: ClassVar[tuple[str, ...]] = ()

    occurred_at: Moment | None = None
    late_reason: LateReason | None = None

    def personal(self) -> dict[str, str]:
        """The texts to be sealed, by field."""
        return {name: text for name in self.SEALED if (text := getattr(self, name)) is not None}


class Petition(Form):
    """A demand to put on record. `person` is the id of a petitioner who is known already."""

    SEALED = ("subject", "details", "name", "phone", "address")

    territory: Word
    subject: Line
    details: Prose
    channel: Channel = "online"
    case_type: CaseType = "petition"
    urgency: Urgency = "normal"
    category: Word | None = None
    person: UUID | None = None
    name: Word | None = None
    phone: Annotated[Word, Field(pattern=r"^[0-9+()\- ]{3,30}$")] | None = None
    address: Line | None = None


class Acceptance(Form):
    """The demand is within remit."""


class Decline(Form):
    """The demand is not for this system."""

    SEALED = ("explanation",)

    reason: DeclineReason
    explanation: Prose


class Dispatch(Form):
    """Send the case to a handling unit."""

    unit: Word


class Signature(Form):
    """Take the order."""


class Reply(Form):
    """The unit's result, for the petitioner to read."""

    SEALED = ("reply",)

    reply: Prose


class Callback(Form):
    """Three answers, kept apart; the last two only from someone who was reached."""

    SEALED = ("words",)

    contacted: bool
    resolved: bool | None = None
    satisfied: bool | None = None
    words: Prose | None = None


class Closing(Form):
    """End the round."""

    outcome: Outcome


class Reopening(Form):
    """Begin a new round."""

    SEALED = ("reason",)

    reason: Prose


class Correction(Form):
    """Put `changes` in place of what event number `corrects` says."""

    corrects: Annotated[int, Field(ge=1, le=1_000_000)]
    changes: Changes
    reason: CorrectionReason


class Erasure(Form):
    """Make everything of a person unreadable."""

    reason: ErasureReason


class Receipt(BaseModel):
    """What a command did; every retry gets the same. Pass `position` as `min_position` to read
    what you wrote."""

    id: UUID
    version: int
    position: int
    recorded_at: datetime


class Watermark(BaseModel):
    """Up to where the answer is true."""

    position: int
    recorded_at: datetime | None


class RegisterLine(BaseModel):
    """A case in the register. `subject` is null once the petitioner was erased."""

    id: UUID
    number: int
    version: int
    status: Status
    territory: str
    area: str
    channel: Channel
    case_type: CaseType
    urgency: Urgency
    category: str | None
    ref: str | None
    unit: str | None
    outcome: Outcome | None
    rounds: int
    subject: str | None
    raised_at: datetime
    updated_at: datetime


class RegisterFilter(BaseModel):
    """What to list. `territory` is a subtree; `after` is `next` of the page before."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    state: Status | None = None
    territory: Word | None = None
    type: CaseType | None = None
    channel: Channel | None = None
    unit: Word | None = None
    after: Annotated[str, Field(max_length=200)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    min_position: Position = 0


class PastFilter(BaseModel):
    """Which reading of a case: as it was at `as_of`, as it was known at `known_at`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    as_of: AwareDatetime | None = None
    known_at: AwareDatetime | None = None


class ReportFilter(BaseModel):
    """How to group the report."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    by: Literal["year", "area"] = "year"
    min_position: Position = 0


class Register(BaseModel):
    """A page of the register, the latest petition first; `next` continues it."""

    items: list[RegisterLine]
    total: int | None
    next: str | None
    watermark: Watermark


class HistoryLine(BaseModel):
    """One event of a case, with sealed values opened as far as the reader may see them."""

    version: int
    position: int
    type: str
    actor: str
    origin: str
    occurred_at: datetime
    recorded_at: datetime
    data: dict[str, object]


class CaseView(BaseModel):
    """A case as of a moment, with the events that made it so."""

    case: RegisterLine
    petitioner: UUID
    withheld: list[str]
    history: list[HistoryLine]


class ResponseTimes(BaseModel):
    """One group of the report; days are seconds / 86,400."""

    group: str
    cases: int
    median_days: float | None
    p90_days: float | None
    within_15_days: float

"""What clients send with a command: the forms of the HTTP API."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from services.grievance.fields import Changes, FileWords
from services.grievance.words import (
    CaseType,
    Channel,
    CorrectionReason,
    DeclineReason,
    Outcome,
    Urgency,
)
from shared.core.person.words import ErasureReason
from shared.core.text import Line, Prose, Word
from shared.runtime.web.forms import Form

Phone = Annotated[Word, Field(pattern=r"^[0-9+()\- ]{3,30}$")]
# One address and nothing beside it, in letters that every mail server takes.
Email = Annotated[
    Word,
    Field(
        pattern=r"^[A-Za-z0-9._%+\-]{1,64}@([A-Za-z0-9]([A-Za-z0-9\-]{0,61}[A-Za-z0-9])?\.)+"
        r"[A-Za-z]{2,24}$"
    ),
]


class Petition(Form):
    """A demand to put on record. `person` is the id of a petitioner who is known already."""

    SEALED = ("subject", "details", "name", "phone", "email", "address")

    territory: Word
    subject: Line
    details: Prose
    channel: Channel = "online"
    case_type: CaseType = "petition"
    urgency: Urgency = "normal"
    category: Word | None = None
    person: UUID | None = None
    name: Word | None = None
    phone: Phone | None = None
    email: Email | None = None
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
    files: FileWords = ()


class Withdrawal(Form):
    """The petitioner does not want it any more."""

    SEALED = ("words",)

    words: Prose | None = None


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


class Chosen(BaseModel):
    """A case of a batch, at the version that was read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: UUID
    version: Annotated[int, Field(ge=1, lt=10**9)]


def _once(cases: list[Chosen]) -> list[Chosen]:
    if len({one.id for one in cases}) < len(cases):
        raise ValueError("names a case twice")
    return cases


class Batch(Form):
    """The same step for up to 100 cases. `unit` is for dispatch, `outcome` for close."""

    step: Literal["accept", "dispatch", "sign", "close"]
    cases: Annotated[list[Chosen], Field(min_length=1, max_length=100), AfterValidator(_once)]
    unit: Word | None = None
    outcome: Outcome | None = None


class Erasure(Form):
    """Make everything of a person unreadable."""

    reason: ErasureReason

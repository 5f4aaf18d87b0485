"""What can have happened to a case. The union is the catalogue."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.grievance.words import (
    CaseType,
    Channel,
    CorrectionReason,
    DeclineReason,
    Outcome,
    Urgency,
)
from shared.core.messages import Correction, Event
from shared.core.sealed import Sealed


class Photo(BaseModel):
    """A picture that was filed: `file` is the SHA-256 of its sealed bytes, in hex, and so the name
    under which they are kept; `key` opens them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    key: Sealed


class PetitionRaised(Event):
    """A demand was put on record, through any channel.

    `ref` is its id in the `source` it came from, `unit` the one that source names as responsible.
    `spot` says where exactly it is. `code` is what the petitioner follows the case by, where they
    filed it themselves. Version 1 had no `spot`, no `code` and no `photos`.
    """

    schema_version: ClassVar[int] = 2

    type: Literal["petition-raised"] = "petition-raised"
    petitioner: UUID
    territory: str
    area: str
    channel: Channel
    case_type: CaseType
    urgency: Urgency = "normal"
    category: str | None = None
    source: str | None = None
    ref: str | None = None
    unit: str | None = None
    support: int | None = None
    oppose: int | None = None
    subject: Sealed
    details: Sealed
    name: Sealed | None = None
    phone: Sealed | None = None
    address: Sealed | None = None
    spot: Sealed | None = None
    code: Sealed | None = None
    photos: tuple[Photo, ...] | None = None


class CaseAccepted(Event):
    """The demand is within remit."""

    type: Literal["case-accepted"] = "case-accepted"


class CaseDeclined(Event):
    """The demand is not for this system; the petitioner is told why."""

    type: Literal["case-declined"] = "case-declined"
    reason: DeclineReason
    explanation: Sealed


class CaseDispatched(Event):
    """The case was sent to a handling unit."""

    type: Literal["case-dispatched"] = "case-dispatched"
    unit: str


class OrderSigned(Event):
    """The unit took the order."""

    type: Literal["order-signed"] = "order-signed"


class ReplySubmitted(Event):
    """The unit reported its result to the petitioner."""

    type: Literal["reply-submitted"] = "reply-submitted"
    reply: Sealed


class CallbackRecorded(Event):
    """The petitioner was asked; three answers, the last two only from someone who was reached."""

    type: Literal["callback-recorded"] = "callback-recorded"
    contacted: bool
    resolved: bool | None = None
    satisfied: bool | None = None
    words: Sealed | None = None


class CaseClosed(Event):
    """The round ended with an outcome."""

    type: Literal["case-closed"] = "case-closed"
    outcome: Outcome


class CaseReopened(Event):
    """A new round began in the same stream."""

    type: Literal["case-reopened"] = "case-reopened"
    reason: Sealed


class CaseCorrected(Correction):
    """An earlier event of this case was recorded wrongly."""

    type: Literal["case-corrected"] = "case-corrected"
    reason: CorrectionReason


# What moves a case on from where it stood.
CaseStep = (
    CaseAccepted
    | CaseDeclined
    | CaseDispatched
    | OrderSigned
    | ReplySubmitted
    | CallbackRecorded
    | CaseClosed
    | CaseReopened
    | CaseCorrected
)
CaseEvent = Annotated[PetitionRaised | CaseStep, Field(discriminator="type")]

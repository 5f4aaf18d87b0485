"""What the case service tells others: where a case stands, never what anyone wrote or is called."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from shared.contracts.erasure import SubjectErased
from shared.contracts.source import Source
from shared.core.catalogue import Catalogue
from shared.core.messages import Correction, Event


class PetitionRaised(Event):
    """A demand was put on record. `area` is as the source wrote it; `unit` the one it named."""

    type: Literal["petition-raised"] = "petition-raised"
    petitioner: UUID
    territory: str
    area: str
    channel: str
    case_type: str
    urgency: str = "normal"
    category: str | None = None
    unit: str | None = None


class CaseAccepted(Event):
    """The demand is within remit."""

    type: Literal["case-accepted"] = "case-accepted"


class CaseDeclined(Event):
    """The demand is not for this system."""

    type: Literal["case-declined"] = "case-declined"
    reason: str


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


class CallbackRecorded(Event):
    """The petitioner was asked; three answers."""

    type: Literal["callback-recorded"] = "callback-recorded"
    contacted: bool
    resolved: bool | None = None
    satisfied: bool | None = None


class CaseClosed(Event):
    """The round ended with an outcome."""

    type: Literal["case-closed"] = "case-closed"
    outcome: str


class CaseReopened(Event):
    """A new round began."""

    type: Literal["case-reopened"] = "case-reopened"


class CaseCorrected(Correction):
    """An earlier event of this case, by its version, was recorded wrongly."""

    type: Literal["case-corrected"] = "case-corrected"


GrievanceContract = Annotated[
    PetitionRaised
    | CaseAccepted
    | CaseDeclined
    | CaseDispatched
    | OrderSigned
    | ReplySubmitted
    | CallbackRecorded
    | CaseClosed
    | CaseReopened
    | CaseCorrected
    | SubjectErased,
    Field(discriminator="type"),
]
GRIEVANCE = Source(
    service="grievance",
    log="grievance",
    topic="linli.grievance.v1",
    events=Catalogue.of(GrievanceContract),
)

"""What the case service tells others: where a case stands, never what anyone wrote or is called."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from shared.contracts.erasure import SubjectErased
from shared.contracts.source import Source
from shared.core.catalogue import Catalogue, Payload, Upcasters
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


class OrderBounced(Event):
    """The unit sent the order back."""

    type: Literal["order-bounced"] = "order-bounced"
    unit: str
    reason: str


class OrderSigned(Event):
    """The unit took the order."""

    type: Literal["order-signed"] = "order-signed"


class ReplySubmitted(Event):
    """The unit reported its result to the petitioner."""

    type: Literal["reply-submitted"] = "reply-submitted"


class CallbackRecorded(Event):
    """The petitioner was asked; three answers. `petitioner` and `territory`: see ClueVerified.
    Version 1 named nobody."""

    schema_version: ClassVar[int] = 2

    type: Literal["callback-recorded"] = "callback-recorded"
    contacted: bool
    resolved: bool | None = None
    satisfied: bool | None = None
    petitioner: UUID | None = None
    territory: str | None = None


class RedoOrdered(Event):
    """The reply does not do: the unit has to go back to work."""

    type: Literal["redo-ordered"] = "redo-ordered"


class CaseShelved(Event):
    """It cannot be settled for now, and is looked at again on this day."""

    type: Literal["case-shelved"] = "case-shelved"
    review_on: str


class ShelvedCaseReviewed(Event):
    """A shelved case was looked at; `resumed`, it waits to be dispatched again."""

    type: Literal["shelved-case-reviewed"] = "shelved-case-reviewed"
    resumed: bool


class ExclusionGranted(Event):
    """The case does not count for the scores."""

    type: Literal["exclusion-granted"] = "exclusion-granted"


class ClueVerified(Event):
    """Whether what a clue says is true was looked into. `petitioner` is the id in the register of
    whose case it is, and `territory` where it lies; None for whom the register does not know.
    Version 1 named nobody."""

    schema_version: ClassVar[int] = 2

    type: Literal["clue-verified"] = "clue-verified"
    holds: bool
    petitioner: UUID | None = None
    territory: str | None = None


class DeadlineMissed(Event):
    """What had to be done by now was not; `unit` is who had the order then."""

    type: Literal["deadline-missed"] = "deadline-missed"
    clock: str
    unit: str | None = None


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
    | OrderBounced
    | OrderSigned
    | ReplySubmitted
    | CallbackRecorded
    | RedoOrdered
    | CaseShelved
    | ShelvedCaseReviewed
    | ExclusionGranted
    | ClueVerified
    | DeadlineMissed
    | CaseClosed
    | CaseReopened
    | CaseCorrected
    | SubjectErased,
    Field(discriminator="type"),
]


def as_it_was(fields: Payload) -> Payload:
    """The older shape could not say what the next one may leave out."""
    return fields


UPCASTERS: Upcasters = {
    ("callback-recorded", 1): as_it_was,
    ("clue-verified", 1): as_it_was,
}
GRIEVANCE = Source(
    service="grievance",
    log="grievance",
    topic="linli.grievance.v1",
    events=Catalogue.of(GrievanceContract, UPCASTERS),
)

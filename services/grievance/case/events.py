"""What can have happened to a case. The union is the catalogue."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.grievance.case.ending_events import CaseClosed as CaseClosed
from services.grievance.case.ending_events import CaseLinked as CaseLinked
from services.grievance.case.ending_events import CaseLinkedToCampaign as CaseLinkedToCampaign
from services.grievance.case.ending_events import CaseReopened as CaseReopened
from services.grievance.case.ending_events import PetitionWithdrawn as PetitionWithdrawn
from services.grievance.case.order_events import (
    AssistAssigned as AssistAssigned,
)
from services.grievance.case.order_events import (
    AssistGiven as AssistGiven,
)
from services.grievance.case.order_events import (
    CaseShelved as CaseShelved,
)
from services.grievance.case.order_events import (
    ExtensionGranted as ExtensionGranted,
)
from services.grievance.case.order_events import (
    ExtensionRefused as ExtensionRefused,
)
from services.grievance.case.order_events import (
    ExtensionRequested as ExtensionRequested,
)
from services.grievance.case.order_events import (
    OrderBounced as OrderBounced,
)
from services.grievance.case.order_events import (
    ProgressNoted as ProgressNoted,
)
from services.grievance.case.order_events import (
    RemitDecided as RemitDecided,
)
from services.grievance.case.order_events import (
    RequesterContacted as RequesterContacted,
)
from services.grievance.case.order_events import (
    ShelvedCaseReviewed as ShelvedCaseReviewed,
)
from services.grievance.case.oversight_events import (
    ClueVerified as ClueVerified,
)
from services.grievance.case.oversight_events import (
    DeadlineMissed as DeadlineMissed,
)
from services.grievance.case.oversight_events import (
    ExclusionGranted as ExclusionGranted,
)
from services.grievance.case.oversight_events import (
    ExclusionRefused as ExclusionRefused,
)
from services.grievance.case.oversight_events import (
    ExclusionRequested as ExclusionRequested,
)
from services.grievance.case.oversight_events import (
    LevelRaised as LevelRaised,
)
from services.grievance.case.oversight_events import (
    RedoOrdered as RedoOrdered,
)
from services.grievance.case.oversight_events import (
    SiteVerified as SiteVerified,
)
from services.grievance.case.oversight_events import (
    SupervisionEnded as SupervisionEnded,
)
from services.grievance.case.oversight_events import (
    SupervisionOpened as SupervisionOpened,
)
from services.grievance.case.papers import Paper
from services.grievance.case.ruled import RuledEvent
from services.grievance.words import (
    CaseType,
    Channel,
    CorrectionReason,
    DeclineReason,
    Urgency,
)
from shared.core.messages import Correction
from shared.core.sealed import Sealed


class Photo(BaseModel):
    """A picture that was filed: `file` is the SHA-256 of its sealed bytes, in hex, and so the name
    under which they are kept; `key` opens them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    key: Sealed


class PetitionRaised(RuledEvent):
    """A demand was put on record, through any channel.

    `ref` is its id in the `source` it came from, `unit` the one that source names as responsible.
    `spot` says where exactly it is. `code` is what the petitioner follows the case by, where they
    filed it themselves. Version 1 had no `spot`, no `code` and no `photos`; before version 3 no
    event had `rules` and `due`; before version 4 there was no `email`. `registered` where the
    petitioner is a person of the register under this id, which nothing before version 5 said.
    """

    schema_version: ClassVar[int] = 5

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
    email: Sealed | None = None
    address: Sealed | None = None
    spot: Sealed | None = None
    code: Sealed | None = None
    photos: tuple[Photo, ...] | None = None
    registered: bool | None = None


class CaseAccepted(RuledEvent):
    """The demand is within remit."""

    schema_version: ClassVar[int] = 2

    type: Literal["case-accepted"] = "case-accepted"


class CaseDeclined(RuledEvent):
    """The demand is not for this system; the petitioner is told why."""

    schema_version: ClassVar[int] = 2

    type: Literal["case-declined"] = "case-declined"
    reason: DeclineReason
    explanation: Sealed


class CaseDispatched(RuledEvent):
    """The case was sent to a handling unit; handed over, where another one had it."""

    schema_version: ClassVar[int] = 2

    type: Literal["case-dispatched"] = "case-dispatched"
    unit: str


class OrderSigned(RuledEvent):
    """The unit took the order."""

    schema_version: ClassVar[int] = 2

    type: Literal["order-signed"] = "order-signed"


class ReplySubmitted(RuledEvent):
    """The unit reported its result to the petitioner. Before version 3 it had no `files`."""

    schema_version: ClassVar[int] = 3

    type: Literal["reply-submitted"] = "reply-submitted"
    reply: Sealed
    files: tuple[Paper, ...] | None = None


class CallbackRecorded(RuledEvent):
    """The petitioner was asked; three answers, the last two only from someone who was reached.
    `petitioner` and `territory`: see ClueVerified. Before version 3 nobody was named."""

    schema_version: ClassVar[int] = 3

    type: Literal["callback-recorded"] = "callback-recorded"
    contacted: bool
    resolved: bool | None = None
    satisfied: bool | None = None
    words: Sealed | None = None
    petitioner: UUID | None = None
    territory: str | None = None


class CaseCorrected(Correction):
    """An earlier event of this case was recorded wrongly."""

    type: Literal["case-corrected"] = "case-corrected"
    reason: CorrectionReason


# What moves a case on from where it stood.
CaseStep = (
    CaseAccepted
    | CaseDeclined
    | CaseDispatched
    | OrderBounced
    | OrderSigned
    | ReplySubmitted
    | CallbackRecorded
    | RedoOrdered
    | CaseShelved
    | ShelvedCaseReviewed
    | CaseClosed
    | CaseReopened
    | CaseCorrected
)
# What happens to a case while it stays where it is.
CaseNote = (
    RemitDecided
    | RequesterContacted
    | ProgressNoted
    | AssistAssigned
    | AssistGiven
    | ExtensionRequested
    | ExtensionGranted
    | ExtensionRefused
    | SiteVerified
    | LevelRaised
    | SupervisionOpened
    | SupervisionEnded
    | ExclusionRequested
    | ExclusionGranted
    | ExclusionRefused
    | PetitionWithdrawn
    | CaseLinked
    | CaseLinkedToCampaign
    | ClueVerified
    | DeadlineMissed
)
CaseEvent = Annotated[PetitionRaised | CaseStep | CaseNote, Field(discriminator="type")]

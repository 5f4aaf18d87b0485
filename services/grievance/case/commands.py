"""What people may ask of a case. Personal values arrive sealed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.grievance.case.events import Photo
from services.grievance.case.order_commands import (
    AssignAssist as AssignAssist,
)
from services.grievance.case.order_commands import (
    BounceOrder as BounceOrder,
)
from services.grievance.case.order_commands import (
    ContactRequester as ContactRequester,
)
from services.grievance.case.order_commands import (
    DecideExtension as DecideExtension,
)
from services.grievance.case.order_commands import (
    DecideRemit as DecideRemit,
)
from services.grievance.case.order_commands import (
    GiveAssist as GiveAssist,
)
from services.grievance.case.order_commands import (
    JoinCampaign as JoinCampaign,
)
from services.grievance.case.order_commands import (
    NoteProgress as NoteProgress,
)
from services.grievance.case.order_commands import (
    RequestExtension as RequestExtension,
)
from services.grievance.case.order_commands import (
    ReviewShelved as ReviewShelved,
)
from services.grievance.case.order_commands import (
    ShelveCase as ShelveCase,
)
from services.grievance.case.oversight_commands import (
    DecideExclusion as DecideExclusion,
)
from services.grievance.case.oversight_commands import (
    EndSupervision as EndSupervision,
)
from services.grievance.case.oversight_commands import (
    NoteTime as NoteTime,
)
from services.grievance.case.oversight_commands import (
    OpenSupervision as OpenSupervision,
)
from services.grievance.case.oversight_commands import (
    OrderRedo as OrderRedo,
)
from services.grievance.case.oversight_commands import (
    RaiseLevel as RaiseLevel,
)
from services.grievance.case.oversight_commands import (
    RequestExclusion as RequestExclusion,
)
from services.grievance.case.oversight_commands import (
    VerifyClue as VerifyClue,
)
from services.grievance.case.oversight_commands import (
    VerifySite as VerifySite,
)
from services.grievance.case.papers import Paper
from services.grievance.case.ruled import RuledCommand
from services.grievance.words import (
    CaseType,
    Channel,
    CorrectionReason,
    DeclineReason,
    Outcome,
    Relation,
    Urgency,
)
from shared.core.messages import Scalar
from shared.core.sealed import Sealed


@dataclass(frozen=True, kw_only=True)
class RaisePetition(RuledCommand):
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


@dataclass(frozen=True, kw_only=True)
class RecordPastPetition(RaisePetition):
    """A petition of the past, with its reply if it had one; `at` is when it was raised."""

    reply: Sealed | None = None
    replied_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class AcceptCase(RuledCommand):
    pass


@dataclass(frozen=True, kw_only=True)
class DeclineCase(RuledCommand):
    reason: DeclineReason
    explanation: Sealed


@dataclass(frozen=True, kw_only=True)
class DispatchCase(RuledCommand):
    unit: str


@dataclass(frozen=True, kw_only=True)
class SignOrder(RuledCommand):
    pass


@dataclass(frozen=True, kw_only=True)
class SubmitReply(RuledCommand):
    reply: Sealed
    files: tuple[Paper, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class RecordCallback(RuledCommand):
    contacted: bool
    resolved: bool | None = None
    satisfied: bool | None = None
    words: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerCallback(RuledCommand):
    """The petitioner says by themselves what a callback would ask."""

    resolved: bool
    satisfied: bool
    words: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class CloseCase(RuledCommand):
    outcome: Outcome


@dataclass(frozen=True, kw_only=True)
class ReopenCase(RuledCommand):
    reason: Sealed


@dataclass(frozen=True, kw_only=True)
class AskReopen(RuledCommand):
    """The petitioner wants a new round."""

    reason: Sealed


@dataclass(frozen=True, kw_only=True)
class CorrectCase(RuledCommand):
    """Put `changes` in place of what event number `corrects` says."""

    corrects: int
    changes: Mapping[str, Scalar]
    reason: CorrectionReason


@dataclass(frozen=True, kw_only=True)
class WithdrawPetition(RuledCommand):
    words: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class AskWithdrawal(RuledCommand):
    """The petitioner says by themselves that they do not want it any more."""

    words: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class LinkCase(RuledCommand):
    """Two cases are about the same matter; the one that is a duplicate ends by it."""

    other: UUID
    relation: Relation = "duplicate_of"


CaseCommand = (
    RaisePetition
    | RecordPastPetition
    | AcceptCase
    | DeclineCase
    | DispatchCase
    | SignOrder
    | SubmitReply
    | RecordCallback
    | AnswerCallback
    | CloseCase
    | ReopenCase
    | AskReopen
    | CorrectCase
    | BounceOrder
    | DecideRemit
    | ContactRequester
    | NoteProgress
    | AssignAssist
    | GiveAssist
    | RequestExtension
    | DecideExtension
    | VerifySite
    | OrderRedo
    | ShelveCase
    | ReviewShelved
    | RaiseLevel
    | OpenSupervision
    | EndSupervision
    | RequestExclusion
    | DecideExclusion
    | WithdrawPetition
    | AskWithdrawal
    | LinkCase
    | JoinCampaign
    | VerifyClue
    | NoteTime
)

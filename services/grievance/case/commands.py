"""What people may ask of a case. Personal values arrive sealed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.grievance.case.events import Photo
from services.grievance.words import (
    CaseType,
    Channel,
    CorrectionReason,
    DeclineReason,
    Outcome,
    Urgency,
)
from shared.core.messages import Command, Scalar
from shared.core.sealed import Sealed


@dataclass(frozen=True, kw_only=True)
class RaisePetition(Command):
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


@dataclass(frozen=True, kw_only=True)
class RecordPastPetition(RaisePetition):
    """A petition of the past, with its reply if it had one; `at` is when it was raised."""

    reply: Sealed | None = None
    replied_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class AcceptCase(Command):
    pass


@dataclass(frozen=True, kw_only=True)
class DeclineCase(Command):
    reason: DeclineReason
    explanation: Sealed


@dataclass(frozen=True, kw_only=True)
class DispatchCase(Command):
    unit: str


@dataclass(frozen=True, kw_only=True)
class SignOrder(Command):
    pass


@dataclass(frozen=True, kw_only=True)
class SubmitReply(Command):
    reply: Sealed


@dataclass(frozen=True, kw_only=True)
class RecordCallback(Command):
    contacted: bool
    resolved: bool | None = None
    satisfied: bool | None = None
    words: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerCallback(Command):
    """The petitioner says by themselves what a callback would ask."""

    resolved: bool
    satisfied: bool
    words: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class CloseCase(Command):
    outcome: Outcome


@dataclass(frozen=True, kw_only=True)
class ReopenCase(Command):
    reason: Sealed


@dataclass(frozen=True, kw_only=True)
class AskReopen(Command):
    """The petitioner wants a new round. It can be asked for so many days from the close."""

    reason: Sealed
    days: int


@dataclass(frozen=True, kw_only=True)
class CorrectCase(Command):
    """Put `changes` in place of what event number `corrects` says."""

    corrects: int
    changes: Mapping[str, Scalar]
    reason: CorrectionReason


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
)

"""What may be asked of a notice."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.grievance.words import FailureReason, PortName, ToldOf, UndeliverableReason
from shared.core.messages import Command


@dataclass(frozen=True, kw_only=True)
class OweNotice(Command):
    """The petitioner of this case is to be told of event `case_version` of it."""

    case_id: UUID
    case_version: int
    step: ToldOf
    territory: str


@dataclass(frozen=True, kw_only=True)
class RecordDelivery(Command):
    """Try number `attempt` came through."""

    port: PortName
    attempt: int


@dataclass(frozen=True, kw_only=True)
class RecordFailure(Command):
    """Try number `attempt` did not."""

    port: PortName
    attempt: int
    reason: FailureReason


@dataclass(frozen=True, kw_only=True)
class RecordUndeliverable(Command):
    """There is no way to tell them."""

    reason: UndeliverableReason


NoticeCommand = OweNotice | RecordDelivery | RecordFailure | RecordUndeliverable

"""What can have happened to a notice: the log of its delivery. No word of what it says is kept."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from services.grievance.words import FailureReason, PortName, ToldOf, UndeliverableReason
from shared.core.messages import Event


class NoticeOwed(Event):
    """The petitioner of a case is to be told of its event `case_version`."""

    type: Literal["notice-owed"] = "notice-owed"
    case_id: UUID
    case_version: int
    step: ToldOf
    territory: str


class NoticeDelivered(Event):
    """A port took it, at this try."""

    type: Literal["notice-delivered"] = "notice-delivered"
    port: PortName
    attempt: int


class NoticeFailed(Event):
    """A try failed. The next one is not before `next_try`; without that it was the last."""

    type: Literal["notice-failed"] = "notice-failed"
    port: PortName
    attempt: int
    reason: FailureReason
    next_try: AwareDatetime | None = None


class NoticeUndeliverable(Event):
    """They cannot be told."""

    type: Literal["notice-undeliverable"] = "notice-undeliverable"
    reason: UndeliverableReason


NoticeEvent = Annotated[
    NoticeOwed | NoticeDelivered | NoticeFailed | NoticeUndeliverable, Field(discriminator="type")
]

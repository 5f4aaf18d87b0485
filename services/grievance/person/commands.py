"""What may be asked about a person here."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.grievance.words import ErasureReason
from shared.core.messages import Command


@dataclass(frozen=True, kw_only=True)
class EraseSubject(Command):
    """Make everything of this person unreadable for ever."""

    subject: UUID
    reason: ErasureReason


PersonCommand = EraseSubject

"""What may be asked about a person."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from shared.core.messages import Command
from shared.core.person.words import ErasureReason


@dataclass(frozen=True, kw_only=True)
class EraseSubject(Command):
    """Make everything of this person unreadable for ever."""

    subject: UUID
    reason: ErasureReason


PersonCommand = EraseSubject

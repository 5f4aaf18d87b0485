"""What may be asked about a person here."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from shared.core.messages import Command


@dataclass(frozen=True, kw_only=True)
class EraseSubject(Command):
    """Make everything of this person unreadable for ever; `reason` names no person."""

    subject: UUID
    reason: str


PersonCommand = EraseSubject

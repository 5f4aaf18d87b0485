"""What may be asked of an erasure."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from shared.core.messages import Command
from shared.core.person.words import ErasureReason


@dataclass(frozen=True, kw_only=True)
class AskErasure(Command):
    """Erase this person in all `services`, the first of which is this one and erases in the same
    breath. `kept` is the id by which they were asked for: another one for a double."""

    subject: UUID
    kept: UUID
    territory: str
    services: tuple[str, ...]
    reason: ErasureReason


@dataclass(frozen=True, kw_only=True)
class NoteAnswer(Command):
    """That service has erased them, whoever asked it to."""

    subject: UUID
    service: str


ErasureCommand = AskErasure | NoteAnswer

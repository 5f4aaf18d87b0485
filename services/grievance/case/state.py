"""A case as its rules see it: no more than a decision asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.grievance.words import Status


@dataclass(frozen=True)
class Case:
    """`reached` says that this round's callback got an answer; `types` are the types of the events
    so far, the first one first; `last_at` is when the latest of them happened."""

    status: Status = "new"
    territory: str = ""
    petitioner: UUID | None = None
    unit: str | None = None
    reached: bool = False
    types: tuple[str, ...] = ()
    last_at: datetime | None = None

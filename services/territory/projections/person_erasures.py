"""Person erasures: who was to be erased by which id, who has to answer, whether all did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.territory.erasure.events import ErasureAsked, ErasureCompleted
from services.territory.log import TerritoryEvent
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel
from shared.core.state import replace


@dataclass(frozen=True)
class ErasureRow:
    """`kept` is the id by which the person was asked for; `services` are words with commas
    between, `completed_at` is when the last of them had erased."""

    subject: UUID
    kept: UUID
    territory: str
    services: str
    reason: str
    asked_at: datetime
    asked_by: str
    completed_at: datetime | None


def key(recorded: Recorded[TerritoryEvent]) -> UUID | None:
    """A row for each id."""
    event = recorded.event
    return event.subject if isinstance(event, ErasureAsked | ErasureCompleted) else None


def fold(row: ErasureRow | None, recorded: Recorded[TerritoryEvent]) -> ErasureRow | None:
    """The erasure after the event."""
    event = recorded.event
    if isinstance(event, ErasureAsked):
        return ErasureRow(
            subject=event.subject,
            kept=event.kept,
            territory=event.territory,
            services=",".join(event.services),
            reason=event.reason,
            asked_at=recorded.occurred_at,
            asked_by=recorded.actor,
            completed_at=None,
        )
    return row and replace(row, completed_at=recorded.occurred_at)


person_erasures: ReadModel[ErasureRow, TerritoryEvent] = ReadModel(
    name="person_erasures",
    row=ErasureRow,
    fold=fold,
    key=key,
    of=ErasureAsked | ErasureCompleted,
    indexes=("(kept)",),
)

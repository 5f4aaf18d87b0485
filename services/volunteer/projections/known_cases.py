"""Cases that something promised may answer: where each is, and which event began it. Never what
anyone wrote. Folded from the topic of the case service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.contracts.grievance import PetitionRaised
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel


@dataclass(frozen=True)
class KnownCaseRow:
    """A case; `position` is that of the event that raised it in the log of the case service, which
    belongs to the matter `correlation_id`. `channel` is how it came in, `known_at` when
    that service learnt of it."""

    case_id: UUID
    territory: str
    position: int
    correlation_id: UUID
    channel: str
    known_at: datetime


def fold(row: KnownCaseRow | None, recorded: Recorded[Any]) -> KnownCaseRow | None:
    """The row after the event."""
    event: PetitionRaised = recorded.event
    return row or KnownCaseRow(
        case_id=recorded.stream_id,
        territory=event.territory,
        position=recorded.position,
        correlation_id=recorded.correlation_id,
        channel=event.channel,
        known_at=recorded.recorded_at,
    )


known_cases: ReadModel[KnownCaseRow, Any] = ReadModel(
    name="known_cases", row=KnownCaseRow, fold=fold, of=PetitionRaised
)

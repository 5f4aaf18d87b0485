"""Erasure answers: which service has erased whom, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.territory.erasure.events import ErasureAnswered
from services.territory.log import TerritoryEvent
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, own_event


@dataclass(frozen=True)
class AnswerRow:
    """One service's answer."""

    answer_id: UUID
    subject: UUID
    service: str
    answered_at: datetime


def fold(_: AnswerRow | None, recorded: Recorded[TerritoryEvent]) -> AnswerRow | None:
    """The row of this answer."""
    event = recorded.event
    if not isinstance(event, ErasureAnswered):
        return None
    return AnswerRow(own_event(recorded), event.subject, event.service, recorded.occurred_at)


erasure_answers: ReadModel[AnswerRow, TerritoryEvent] = ReadModel(
    name="erasure_answers",
    row=AnswerRow,
    fold=fold,
    key=own_event,
    of=ErasureAnswered,
    indexes=("(subject)",),
)

"""Response times: when each petition was raised, and when it was first answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.grievance.case.events import CaseCorrected, CaseEvent, PetitionRaised, ReplySubmitted
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel
from shared.core.state import replace


@dataclass(frozen=True)
class ResponseRow:
    """One case. `replied_version` is the event of the first reply, 0 while there is none."""

    case_id: UUID
    area: str
    territory: str
    raised_at: datetime
    replied_at: datetime | None
    replied_version: int


def fold(row: ResponseRow | None, recorded: Recorded[CaseEvent]) -> ResponseRow | None:
    """The case after the event; most events say nothing here."""
    event, at = recorded.event, recorded.occurred_at
    if isinstance(event, PetitionRaised):
        return ResponseRow(recorded.stream_id, event.area, event.territory, at, None, 0)
    if row is None:
        return None
    if isinstance(event, ReplySubmitted) and row.replied_at is None:
        return replace(row, replied_at=at, replied_version=recorded.version)
    if isinstance(event, CaseCorrected):
        return _corrected(row, event)
    return row


def _corrected(row: ResponseRow, event: CaseCorrected) -> ResponseRow:
    changes = event.changes
    moment = changes.get("occurred_at")
    if event.corrects == 1:
        return replace(
            row,
            area=str(changes.get("area", row.area)),
            territory=str(changes.get("territory", row.territory)),
            raised_at=datetime.fromisoformat(str(moment)) if moment else row.raised_at,
        )
    if event.corrects == row.replied_version and moment:
        return replace(row, replied_at=datetime.fromisoformat(str(moment)))
    return row


response_times: ReadModel[ResponseRow, CaseEvent] = ReadModel(
    name="response_times",
    row=ResponseRow,
    fold=fold,
    of=CaseEvent,
)

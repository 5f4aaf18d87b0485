"""When each case ended: how long its petitioner has been kept for nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.grievance.case.events import (
    CaseClosed,
    CaseCorrected,
    CaseDeclined,
    CaseStep,
    PetitionRaised,
    ReplySubmitted,
)
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel
from shared.core.state import replace

Ending = PetitionRaised | CaseStep


@dataclass(frozen=True)
class EndRow:
    """A case; `ended_at` is when its last round was over, by event `end_version`: None while it is
    open. A petition of the past has ended with the reply it came with."""

    case_id: UUID
    petitioner: UUID
    ended_at: datetime | None
    end_version: int


def fold(row: EndRow | None, recorded: Recorded[Ending]) -> EndRow | None:
    """The row after the event; none without its petition."""
    event = recorded.event
    if isinstance(event, PetitionRaised):
        return EndRow(recorded.stream_id, event.petitioner, None, 0)
    if row is None:
        return None
    if isinstance(event, CaseCorrected):
        moved = event.changes.get("occurred_at") if event.corrects == row.end_version else None
        return replace(row, ended_at=datetime.fromisoformat(str(moved))) if moved else row
    if _ends(recorded):
        return replace(row, ended_at=recorded.occurred_at, end_version=recorded.version)
    return replace(row, ended_at=None, end_version=0)


def _ends(recorded: Recorded[Ending]) -> bool:
    past = recorded.origin == "history" and isinstance(recorded.event, ReplySubmitted)
    return past or isinstance(recorded.event, CaseClosed | CaseDeclined)


case_ends: ReadModel[EndRow, Ending] = ReadModel(
    name="case_ends",
    row=EndRow,
    fold=fold,
    of=Ending,
    indexes=("(petitioner, ended_at)",),
)

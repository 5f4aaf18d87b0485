"""The timeline: every event of a case as it was put on record, one row each.

A correction has a row of its own that names the event it corrects and holds what it puts there;
whoever reads a case brings the two together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.grievance.case.events import (
    CaseClosed,
    CaseCorrected,
    CaseDispatched,
    CaseEvent,
    PetitionRaised,
)
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, own_event
from shared.core.state import replace


@dataclass(frozen=True)
class TimelineRow:
    """One event. Of a correction: `corrects` is the version it speaks of, `fields` are the names of
    what it changes, with commas between, and `moved_to`, `unit` and `outcome` the new values."""

    event_id: UUID
    case_id: UUID
    version: int
    type: str
    actor: str
    origin: str
    occurred_at: datetime
    recorded_at: datetime
    unit: str | None
    outcome: str | None
    corrects: int | None
    fields: str | None
    moved_to: datetime | None


def fold(row: TimelineRow | None, recorded: Recorded[CaseEvent]) -> TimelineRow:
    """The row of this event, whatever was there before."""
    event = recorded.event
    written = TimelineRow(
        event_id=own_event(recorded),
        case_id=recorded.stream_id,
        version=recorded.version,
        type=recorded.type,
        actor=recorded.actor,
        origin=recorded.origin,
        occurred_at=recorded.occurred_at,
        recorded_at=recorded.recorded_at,
        unit=event.unit if isinstance(event, PetitionRaised | CaseDispatched) else None,
        outcome=event.outcome if isinstance(event, CaseClosed) else None,
        corrects=None,
        fields=None,
        moved_to=None,
    )
    return _correction(written, event) if isinstance(event, CaseCorrected) else written


def _correction(row: TimelineRow, event: CaseCorrected) -> TimelineRow:
    unit, outcome, moment = (event.changes.get(n) for n in ("unit", "outcome", "occurred_at"))
    return replace(
        row,
        corrects=event.corrects,
        fields=",".join(sorted(event.changes)),
        unit=str(unit) if unit else None,
        outcome=str(outcome) if outcome else None,
        moved_to=datetime.fromisoformat(str(moment)) if moment else None,
    )


case_timeline: ReadModel[TimelineRow, CaseEvent] = ReadModel(
    name="case_timeline",
    row=TimelineRow,
    fold=fold,
    key=own_event,
    of=CaseEvent,
    indexes=("(case_id, version)",),
)

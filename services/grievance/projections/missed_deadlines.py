"""What was missed: each clock that has run out, whose order it was, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.grievance.case.events import DeadlineMissed
from services.grievance.log import GrievanceEvent
from shared.core.envelope import Recorded
from shared.core.local_time import day_of
from shared.core.projection import ReadModel, Tally, own_event


@dataclass(frozen=True)
class MissRow:
    """One miss of case `case_id`, due at `due`; `unit` is who had the order then."""

    miss_id: UUID
    case_id: UUID
    clock: str
    unit: str | None
    territory: str
    due: datetime


def fold(row: MissRow | None, recorded: Recorded[GrievanceEvent]) -> MissRow | None:
    """The miss; nothing changes it."""
    event = recorded.event
    if not isinstance(event, DeadlineMissed):
        return row
    made = own_event(recorded), recorded.stream_id, event.clock, event.unit
    return MissRow(*made, recorded.territory, recorded.occurred_at)


missed_deadlines: ReadModel[MissRow, GrievanceEvent] = ReadModel(
    name="missed_deadlines",
    row=MissRow,
    fold=fold,
    key=own_event,
    of=DeadlineMissed,
    indexes=("(case_id)", "(unit, due)"),
    tally=Tally(
        name="miss_count",
        keys=("territory", "unit", "clock", "day"),
        measures=("missed",),
        count=lambda row: {
            (row.territory, row.unit or "", row.clock, day_of(row.due)): {"missed": 1}
        },
    ),
)

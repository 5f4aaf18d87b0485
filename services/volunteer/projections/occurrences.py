"""What became of each occurrence of which something is known: held, missed, told late, moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.volunteer.series.events import OccurrenceHeld, OccurrenceMissed, OccurrenceMoved
from shared.core.derived import derived
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel
from shared.core.state import replace

Told = OccurrenceHeld | OccurrenceMissed | OccurrenceMoved


@dataclass(frozen=True)
class OccurrenceRow:
    """One occurrence, named by its day in the rhythm; `due` is the day on which it was to be.
    `missed_at` stays where it is told later that it was held after all."""

    occurrence_id: UUID
    series_id: UUID
    day: str
    due: str
    status: str
    people: int
    activity: UUID | None
    moved_for: str | None
    missed_at: datetime | None
    told_at: datetime | None
    told_by: str | None
    late_reason: str | None


def key(recorded: Recorded[Told]) -> UUID:
    """The occurrence that an event speaks of."""
    return derived("occurrence", str(recorded.stream_id), recorded.event.day)


def fold(row: OccurrenceRow | None, recorded: Recorded[Told]) -> OccurrenceRow:
    """The occurrence after the event."""
    event = recorded.event
    row = row or _unknown(recorded)
    match event:
        case OccurrenceHeld():
            return replace(
                row,
                status="told_late" if event.late else "held",
                people=event.people,
                activity=event.activity,
                told_at=recorded.recorded_at,
                told_by=recorded.actor,
                late_reason=event.late_reason,
            )
        case OccurrenceMissed():
            # Read in the order in which things happened, what was told late comes first.
            status = "missed" if row.told_at is None else "told_late"
            return replace(row, status=status, missed_at=event.at)
        case OccurrenceMoved(to=to, reason=reason):
            return replace(row, due=to, status="moved", moved_for=reason)


def _unknown(recorded: Recorded[Told]) -> OccurrenceRow:
    day = recorded.event.day
    return OccurrenceRow(
        occurrence_id=key(recorded),
        series_id=recorded.stream_id,
        day=day,
        due=day,
        status="open",
        people=0,
        activity=None,
        moved_for=None,
        missed_at=None,
        told_at=None,
        told_by=None,
        late_reason=None,
    )


occurrences: ReadModel[OccurrenceRow, Told] = ReadModel(
    name="occurrences",
    row=OccurrenceRow,
    fold=fold,
    key=key,
    of=Told,
    indexes=("(series_id, day)",),
)

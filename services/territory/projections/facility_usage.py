"""Visits to each facility, day by day, and their sums by month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.territory.facility.events import FacilityUsed
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, Tally, earlier_event


@dataclass(frozen=True)
class UsageRow:
    """One day, such as `2026-05-01`; what was told of it last."""

    usage_id: UUID
    code: str
    day: str
    visits: int


def fold(_: UsageRow | None, recorded: Recorded[Any]) -> UsageRow:
    """The day as it was told last."""
    event: FacilityUsed = recorded.event
    return UsageRow(_day(recorded, event.day), event.code, event.day, event.visits)


def key(recorded: Recorded[Any]) -> UUID | None:
    """One row a facility and day."""
    event = recorded.event
    return _day(recorded, event.day) if isinstance(event, FacilityUsed) else None


def _day(recorded: Recorded[Any], day: str) -> UUID:
    return earlier_event(recorded, date.fromisoformat(day).toordinal())


facility_usage: ReadModel[UsageRow, Any] = ReadModel(
    name="facility_usage",
    row=UsageRow,
    fold=fold,
    key=key,
    of=FacilityUsed,
    indexes=("(code, day)",),
    tally=Tally(
        name="facility_visits",
        keys=("code", "month"),
        measures=("days", "visits"),
        count=lambda row: {(row.code, row.day[:7]): {"days": 1, "visits": row.visits}},
    ),
)

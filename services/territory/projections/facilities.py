"""Facilities: what each is, where, and since when it was planned, opened, closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.territory.facility.events import FacilityClosed, FacilityOpened, FacilityPlanned
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel
from shared.core.state import replace


@dataclass(frozen=True)
class FacilityRow:
    """A facility; a time is None for what has not been."""

    facility_id: UUID
    code: str
    kind: str
    name: str
    territory: str
    planned_at: datetime | None
    opened_at: datetime | None
    closed_at: datetime | None


def fold(row: FacilityRow | None, recorded: Recorded[Any]) -> FacilityRow | None:
    """The facility after the event."""
    event, at = recorded.event, recorded.occurred_at
    if isinstance(event, FacilityClosed):
        return None if row is None else replace(row, closed_at=at)
    planned = isinstance(event, FacilityPlanned)
    return FacilityRow(
        facility_id=recorded.stream_id,
        code=event.code,
        kind=event.kind,
        name=event.name,
        territory=event.territory,
        planned_at=at if planned else (row.planned_at if row else None),
        opened_at=None if planned else at,
        closed_at=None,
    )


facilities: ReadModel[FacilityRow, Any] = ReadModel(
    name="facilities",
    row=FacilityRow,
    fold=fold,
    of=FacilityPlanned | FacilityOpened | FacilityClosed,
    indexes=("(code)", "(territory, code)"),
)

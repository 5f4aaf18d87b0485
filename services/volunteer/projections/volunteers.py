"""Who volunteers: where, with which skills, since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.volunteer.volunteer.events import (
    VolunteerChanged,
    VolunteerEnded,
    VolunteerEvent,
    VolunteerRegistered,
)
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, Tally
from shared.core.state import replace


@dataclass(frozen=True)
class VolunteerRow:
    """One volunteer. `name` is sealed for `person`; `skills` and `services` are parted by commas;
    `reason` is why they ended."""

    volunteer_id: UUID
    person: UUID
    version: int
    territory: str
    status: str
    name: str
    skills: str
    services: str
    guardian: UUID | None
    since: datetime
    ended_at: datetime | None
    reason: str | None


def fold(row: VolunteerRow | None, recorded: Recorded[VolunteerEvent]) -> VolunteerRow | None:
    """The volunteer after the event."""
    event = recorded.event
    if isinstance(event, VolunteerRegistered):
        return _registered(recorded, event)
    if row is None:
        return None
    row = replace(row, version=recorded.version)
    if isinstance(event, VolunteerEnded):
        at = recorded.occurred_at
        return replace(row, status="ended", ended_at=at, reason=event.reason)
    return _changed(row, event)


def _registered(recorded: Recorded[VolunteerEvent], event: VolunteerRegistered) -> VolunteerRow:
    return VolunteerRow(
        volunteer_id=recorded.stream_id,
        person=event.person,
        version=recorded.version,
        territory=event.territory,
        status="active",
        name=event.name.box,
        skills=",".join(event.skills),
        services=",".join(event.services),
        guardian=event.guardian,
        since=recorded.occurred_at,
        ended_at=None,
        reason=None,
    )


def _changed(row: VolunteerRow, event: VolunteerChanged) -> VolunteerRow:
    return replace(
        row,
        territory=event.territory or row.territory,
        name=event.name.box if event.name else row.name,
        skills=row.skills if event.skills is None else ",".join(event.skills),
        services=row.services if event.services is None else ",".join(event.services),
    )


def count(row: VolunteerRow) -> dict[tuple[str, ...], dict[str, int]]:
    """What one adds to the volunteers of a place."""
    return {(row.territory,): {"active": int(row.status == "active"), "ever": 1}}


volunteers: ReadModel[VolunteerRow, VolunteerEvent] = ReadModel(
    name="volunteers",
    row=VolunteerRow,
    fold=fold,
    of=VolunteerEvent,
    indexes=("(person)", "(territory, person) where status = 'active'"),
    tally=Tally(
        name="volunteer_count", keys=("territory",), measures=("active", "ever"), count=count
    ),
)

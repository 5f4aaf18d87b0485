"""Residents: every person on the register with where they live now; names and contacts sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, assert_never
from uuid import UUID

from services.territory.log import TerritoryEvent
from services.territory.resident.events import (
    CareTagged,
    CareUntagged,
    ContactChanged,
    ContactConsentGiven,
    ContactConsentWithdrawn,
    DoubleAbsorbed,
    DoublesMerged,
    RelativeDeclared,
    RelativeWithdrawn,
    ResidentFact,
    ResidentLeft,
    ResidentMoved,
    ResidentRegistered,
    ResidentReturned,
)
from shared.core.envelope import Recorded
from shared.core.person.events import SubjectErased
from shared.core.projection import ReadModel, Tally
from shared.core.state import replace


@dataclass(frozen=True)
class ResidentRow:
    """A person; none who was erased. `since` is when they came to `building`, `left_at` when they
    left the district, and then `building` is where they last lived. `name`, `phone` and
    `birth_year` are boxes that their key opens; `purposes` are words with commas between."""

    person_id: UUID
    version: int
    status: str
    building: str
    household: UUID | None
    since: datetime
    left_at: datetime | None
    merged_into: UUID | None
    name: str
    phone: str | None
    birth_year: str | None
    purposes: str


def fold(row: ResidentRow | None, recorded: Recorded[TerritoryEvent]) -> ResidentRow | None:
    """The person after the event; none once they are erased."""
    event = recorded.event
    if isinstance(event, ResidentRegistered):
        return _registered(recorded, event)
    if row is None or isinstance(event, SubjectErased) or not isinstance(event, ResidentFact):
        return None
    return replace(row, version=recorded.version, **_changes(row, event, recorded.occurred_at))


def _registered(recorded: Recorded[TerritoryEvent], event: ResidentRegistered) -> ResidentRow:
    return ResidentRow(
        person_id=recorded.stream_id,
        version=recorded.version,
        status="living",
        building=event.building,
        household=event.household,
        since=recorded.occurred_at,
        left_at=None,
        merged_into=None,
        name=event.name.box,
        phone=event.phone.box if event.phone else None,
        birth_year=event.birth_year.box if event.birth_year else None,
        purposes="",
    )


def _changes(row: ResidentRow, event: ResidentFact, at: datetime) -> dict[str, Any]:  # noqa: C901, PLR0911 - one arm an event
    match event:
        case ContactChanged(name=name, phone=phone, birth_year=year):
            given = {"name": name, "phone": phone, "birth_year": year}
            return {field: sealed.box for field, sealed in given.items() if sealed}
        case ResidentMoved(building=building, household=household):
            return {"building": building, "household": household, "since": at}
        case ResidentReturned(building=building, household=household):
            home = {"building": building, "household": household, "since": at}
            return {**home, "status": "living", "left_at": None}
        case ResidentLeft():
            return {"status": "left", "household": None, "left_at": at}
        case ContactConsentGiven(purpose=purpose):
            return {"purposes": ",".join(sorted({*row.purposes.split(","), purpose} - {""}))}
        case ContactConsentWithdrawn(purpose=purpose):
            return {"purposes": ",".join(sorted({*row.purposes.split(",")} - {"", purpose}))}
        case DoublesMerged(into=into):
            return {"status": "merged", "household": None, "merged_into": into}
        case (
            ResidentRegistered()
            | RelativeDeclared()
            | RelativeWithdrawn()
            | CareTagged()
            | CareUntagged()
            | DoubleAbsorbed()
            | SubjectErased()
        ):
            return {}
        case _ as never:
            assert_never(never)


residents: ReadModel[ResidentRow, TerritoryEvent] = ReadModel(
    name="residents",
    row=ResidentRow,
    fold=fold,
    of=ResidentFact,
    indexes=("(building, person_id)", "(household)", "(merged_into)"),
    tally=Tally(
        name="resident_count",
        keys=("building", "status"),
        measures=("persons",),
        count=lambda row: {(row.building, row.status): {"persons": 1}},
    ),
)

"""A person on the register after each event."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never
from uuid import UUID

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
from services.territory.resident.state import Resident
from shared.core.person.events import SubjectErased
from shared.core.state import replace


def evolve(one: Resident, event: ResidentFact) -> Resident:  # noqa: C901, PLR0911, PLR0912 - one arm an event
    """The person after the event."""
    match event:
        case ResidentRegistered(person=person, building=building, household=household, at=at):
            return _home(Resident(person=person), building, household, at)
        case ResidentMoved(building=building, household=household, at=at):
            return _home(one, building, household, at)
        case ResidentReturned(building=building, household=household, at=at):
            return _home(one, building, household, at)
        case ResidentLeft(at=at):
            return replace(one, status="left", household=None, since=at)
        case RelativeDeclared(relative=relative, relation=relation):
            return replace(one, relatives={**one.relatives, relative: relation})
        case RelativeWithdrawn(relative=relative):
            others = {key: kin for key, kin in one.relatives.items() if key != relative}
            return replace(one, relatives=others)
        case ContactConsentGiven(purpose=purpose):
            return replace(one, purposes=(*one.purposes, purpose))
        case ContactConsentWithdrawn(purpose=purpose):
            return replace(one, purposes=tuple(each for each in one.purposes if each != purpose))
        case CareTagged(tag=tag):
            return replace(one, tags=(*one.tags, tag))
        case CareUntagged(tag=tag):
            return replace(one, tags=tuple(each for each in one.tags if each != tag))
        case DoublesMerged(into=into):
            return replace(one, status="merged", household=None, into=into)
        case DoubleAbsorbed(doubles=doubles):
            return replace(one, doubles=(*one.doubles, *doubles))
        case SubjectErased():
            return Resident(
                "erased", one.person, one.building, places=one.places, doubles=one.doubles
            )
        case ContactChanged():
            return one
        case _:
            assert_never(event)


def _home(one: Resident, building: str, household: UUID | None, at: datetime) -> Resident:
    places = one.places if building in one.places else (*one.places, building)
    return replace(
        one, status="living", building=building, household=household, since=at, places=places
    )

"""The people of the sample onto the register: a building at a time, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from services.territory.resident.commands import (
    DeclareRelative,
    GiveConsent,
    RegisterResident,
    ResidentCommand,
    TagCare,
)
from services.territory.resident.decider import resident
from services.territory.sample.clerk import MEANT, day
from services.territory.sample.families import Family, Person
from services.territory.sample.homes import Home
from services.territory.sample.telling import Part, Telling
from services.territory.words import Relation
from shared.core.sealed import Sealed
from shared.runtime.commands.submission import Target

CARED = day("2024-03-27", hour=9)
Boxes = Mapping[str, Sealed]


def name_of(homes: Sequence[Home]) -> str:
    """The name under which the families of a building are told."""
    return f"families {homes[0].building}"


def personal(person: Person) -> dict[str, str]:
    """What has to be sealed of them."""
    told = {"name": person.name, "birth_year": str(person.born)}
    return told | ({"phone": person.phone} if person.phone else {})


def telling(families: Sequence[Family], boxes: Mapping[UUID, Boxes]) -> Telling:
    """The families of a building, by what was sealed of each person."""
    parts = (
        Part(Target(resident, person.id), tuple(_commands(one, person, boxes[person.id])))
        for one in families
        for person in one.people
    )
    return Telling(name_of([one.home for one in families]), tuple(parts), fresh=True)


def _commands(family: Family, person: Person, sealed: Boxes) -> Iterator[ResidentCommand]:
    yield RegisterResident(
        at=person.since, person=person.id, building=family.home.building,
        household=family.home.household, name=sealed["name"], phone=sealed.get("phone"),
        birth_year=sealed.get("birth_year"), **MEANT,
    )  # fmt: skip
    for relative, relation, at in _relatives(family, person):
        yield DeclareRelative(at=at, relative=relative, relation=relation, **MEANT)
    told = max(CARED, person.since)
    for tag in person.tags:
        yield TagCare(at=told, tag=tag, **MEANT)
    for purpose in person.purposes:
        yield GiveConsent(at=told, purpose=purpose, **MEANT)


def _relatives(family: Family, person: Person) -> Iterator[tuple[UUID, Relation, datetime]]:
    """The first person names all others; a child that is with its grandparents, its guardian."""
    first, *others = family.people
    if person is first:
        for other in others:
            if other.kin is not None:
                yield other.id, other.kin, other.since
    elif person.kin == "grandchild":
        yield first.id, "guardian", person.since

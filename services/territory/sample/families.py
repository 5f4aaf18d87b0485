"""Who lives behind each door: couples, children, grandparents, people alone. All of them are
invented; how often is what is usual in an old part of a city, 28 people in ten households."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple
from uuid import UUID

from services.territory.sample import care, people_names
from services.territory.sample.clerk import day
from services.territory.sample.homes import Home
from services.territory.sample.rosters import CAME_BACK
from services.territory.words import CareTag, Purpose, Relation

YEAR = 2025  # in which people have the ages below
BEGAN = day("2018-03-01", hour=9)
GROWN_UP, OLD = 18, 60


class Kind(NamedTuple):
    """So many in a thousand households: the youngest and the oldest that the first person can be,
    who lives with them for certain, and who does in half of the homes."""

    permille: int
    youngest: int
    oldest: int
    others: tuple[Relation, ...] = ()
    perhaps: tuple[Relation, ...] = ()


KINDS = (
    Kind(85, 62, 88),
    Kind(62, 22, 58),
    Kind(145, OLD, 84, ("spouse",)),
    Kind(105, 25, 59, ("spouse",)),
    Kind(285, 28, 52, ("spouse", "child")),
    Kind(125, 31, 50, ("spouse", "child", "child")),
    Kind(133, 30, 48, ("spouse", "child", "parent"), ("child", "parent")),
    Kind(25, 56, 74, ("grandchild",), ("spouse",)),
    Kind(35, 28, 50, ("child",)),
)
# How much older or younger than the first person the others are, at least and at most.
BETWEEN: dict[Relation, tuple[int, int]] = {
    "spouse": (-3, 3), "child": (-34, -24), "parent": (23, 31), "grandchild": (-54, -46),
}  # fmt: skip


class Person(NamedTuple):
    """`kin` is what they are to the first person of the household; None for that one."""

    id: UUID
    kin: Relation | None
    name: str
    born: int
    since: datetime
    phone: str | None
    tags: Sequence[CareTag]
    purposes: Sequence[Purpose]


Known = tuple[Relation | None, str, int, Sequence[CareTag]]  # kin, name, age, tags


class Family(NamedTuple):
    """Who lives in a home; the first of them is grown up."""

    home: Home
    people: Sequence[Person]


def family(home: Home, seed: int) -> Family:
    """The family of this home, the same everywhere for a seed."""
    chance = Random(f"{seed} {home.building} {home.door}")
    kind = _kind(chance)
    first = kind.youngest + int(chance.random() * (kind.oldest - kind.youngest + 1))
    kins = [None, *kind.others, *(kin for kin in kind.perhaps if chance.random() < 0.5)]
    ages = [_age(chance, first, kin) for kin in kins]
    tags = care.tags(chance, kins, ages)
    names = _names(chance, kins)
    known = zip(kins, names, ages, tags, strict=True)
    people = [_person(chance, home, home.resident(seed, n), of) for n, of in enumerate(known)]
    return Family(home, people)


def _kind(chance: Random) -> Kind:
    drawn = chance.random() * 1_000
    for kind in KINDS:
        drawn -= kind.permille
        if drawn < 0:
            return kind
    return KINDS[-1]


def _age(chance: Random, first: int, kin: Relation | None) -> int:
    if kin is None:
        return first
    least, most = BETWEEN[kin]
    return max(1, first + least + int(chance.random() * (most - least + 1)))


def _names(chance: Random, kins: Sequence[Relation | None]) -> list[str]:
    """Children bear the first person's surname, and so does one of the parents."""
    own = people_names.surname(chance)
    names, of_parents = [], 0
    for kin in kins:
        of_parents += kin == "parent"
        other = kin == "spouse" or (kin == "parent" and of_parents > 1)
        names.append((people_names.surname(chance) if other else own) + people_names.given(chance))
    return names


def _person(chance: Random, home: Home, own: UUID, known: Known) -> Person:
    kin, name, age, tags = known
    born, since = YEAR - age, CAME_BACK if home.was_left else BEGAN
    if born >= since.year:
        since = max(since, _birthday(chance, born))
    reachable = age >= GROWN_UP and chance.random() < care.WITH_PHONE
    phone = people_names.phone(chance) if reachable else None
    purposes = care.purposes(chance, tags) if reachable else ()
    return Person(own, kin, name, born, since, phone, tags, purposes)


def _birthday(chance: Random, born: int) -> datetime:
    return day(f"{born}-01-01") + timedelta(days=int(chance.random() * 365))

"""Who among the people of the sample needs which care, and what they agreed to be contacted for."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from services.territory.words import CareTag, Purpose, Relation

OLD, VETERAN = 60, 45
WITH_PHONE = 0.6
# How many of those to whom it applies are known to need it.
EMPTY_NEST, ALONE, LEFT_BEHIND, HARDSHIP, DISABLED, SERVED = 0.35, 0.6, 0.9, 0.018, 0.011, 0.03
# How many of those who can be called agreed to that; of those who need care, more.
AGREED: Sequence[tuple[Purpose, float]] = (("notice", 0.35), ("activity", 0.12), ("survey", 0.08))
VISITED = 0.5


def tags(
    chance: Random, kins: Sequence[Relation | None], ages: Sequence[int]
) -> list[Sequence[CareTag]]:
    """The care that each of a household needs, in the same order."""
    nest = min(ages) >= OLD and chance.random() < EMPTY_NEST
    poor = chance.random() < HARDSHIP
    found: list[Sequence[CareTag]] = []
    for kin, age in zip(kins, ages, strict=True):
        drawn = chance.random()
        known: list[CareTag] = []
        if nest:
            known.append("empty_nest")
        if len(ages) == 1 and age >= OLD and drawn < ALONE:
            known.append("living_alone")
        if kin == "grandchild" and drawn < LEFT_BEHIND:
            known.append("left_behind_child")
        if poor and kin is None:
            known.append("hardship")
        known += _own(chance.random(), age)
        found.append(known)
    return found


def purposes(chance: Random, known: Sequence[CareTag]) -> list[Purpose]:
    """What one who can be called agreed to."""
    agreed = [purpose for purpose, share in AGREED if chance.random() < share]
    if known and chance.random() < VISITED:
        agreed.append("service_visit")
    return agreed


def _own(drawn: float, age: int) -> list[CareTag]:
    if drawn < DISABLED:
        return ["disabled"]
    return ["veteran"] if age >= VETERAN and drawn > 1 - SERVED else []

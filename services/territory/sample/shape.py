"""The shape of the sample district: how many of what lies where, for a seed and a scale.

5 streets, 33 communities, 6 blocks, 141 neighbourhoods and 24,000 households at scale 1 (S0, S2);
below 1 households only become fewer, above 1 communities and neighbourhoods become more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from services.territory.sample import names
from services.territory.sample.estates import (
    BLOCKS,
    COMMUNITIES,
    ESTATES,
    LARGEST,
    LARGEST_GRIDS,
    LARGEST_HEADS,
    LARGEST_PEOPLE,
    STREETS,
)
from shared.core.atlas.atlas import New
from shared.core.sample import Sample

COMMUNITY_COUNT = 33
NEIGHBOURHOOD_COUNT = 141
HOUSEHOLD_COUNT = 24_000
PEOPLE_IN_TEN_HOUSEHOLDS = 28
LARGEST_ESTATES = 12
LARGEST_LANES = 6
DOORS_OF_A_BUILDING = 48
PEOPLE_OF_A_GRID = 1_000


@dataclass(frozen=True)
class Estate:
    """A neighbourhood with its households, its grids, its lanes and its buildings; each of these
    lies in the grid of the same place in turn."""

    code: str
    name: str
    community: str
    households: int
    grids: int
    lanes: int
    buildings: int

    def doors(self) -> Iterator[tuple[str, int]]:
        """The code of each building, and how many households it has."""
        each, over = divmod(self.households, self.buildings)
        for number in range(self.buildings):
            yield f"{self.code}-{number + 1}", each + (number < over)

    def itself(self) -> New:
        """As it is drawn."""
        return New(self.code, "neighbourhood", self.name, self.community)

    def grid_codes(self) -> list[str]:
        """The codes of its grids."""
        return [f"{self.code}-g{number + 1}" for number in range(self.grids)]

    def inside(self) -> Iterator[New]:
        """Its grids, its lanes, its buildings."""
        grids = self.grid_codes()
        for number, code in enumerate(grids, start=1):
            yield New(code, "grid", f"{self.name}第{number}网格", self.code)
        for number in range(self.lanes):
            parent = grids[number % len(grids)]
            yield New(f"{self.code}-l{number + 1}", "lane", f"{self.name}{number + 1}巷", parent)
        for number in range(self.buildings):
            parent = grids[number * len(grids) // self.buildings]
            yield New(f"{self.code}-{number + 1}", "building", f"{self.name}{number + 1}栋", parent)


@dataclass(frozen=True)
class Shape:
    """What is on the map of the district, in an order in which it can be drawn."""

    communities: Sequence[New]
    members: Sequence[tuple[str, str]]
    estates: Sequence[Estate]

    def map(self) -> list[New]:
        """Everything that lies in the district, each after what it lies in."""
        top = [New(one.code, "subdistrict", one.name, one.parent) for one in STREETS]
        top += [New(one.code, "block", one.name, one.parent) for one in BLOCKS]
        lower = [one for estate in self.estates for one in (estate.itself(), *estate.inside())]
        return [*top, *self.communities, *lower]


def shape(sample: Sample) -> Shape:
    """The district of this seed and scale."""
    scale, chance = sample.scale, Random(sample.seed)
    communities = _communities(chance, round(COMMUNITY_COUNT * max(scale, 1)))
    members = [
        (one.code, BLOCKS[place % len(BLOCKS)].code) for place, one in enumerate(communities)
    ]
    return Shape(communities, members, _estates(chance, communities, scale))


def _communities(chance: Random, count: int) -> list[New]:
    made = [New(one.code, "community", one.name, one.parent) for one in COMMUNITIES]
    taken = {one.name for one in made}
    while len(made) < count:
        number = len(made) + 1
        street = STREETS[number % len(STREETS)]
        name = names.fresh(chance, names.communities, taken)
        made.append(New(f"{street.code}-c{number}", "community", name, street.code))
    return made


def _estates(chance: Random, communities: Sequence[New], scale: float) -> list[Estate]:
    """The named ones, the largest community's, then the others' in turn."""
    count = round(NEIGHBOURHOOD_COUNT * max(scale, 1))
    places = [(one.code, one.name, one.parent, one.households) for one in ESTATES]
    numbers = dict.fromkeys((one.code for one in communities), 0)
    taken = {name for _, name, _, _ in places}
    others = [one.code for one in communities if one.code != LARGEST]
    while len(places) < count:
        largest = sum(parent == LARGEST for _, _, parent, _ in places) < LARGEST_ESTATES
        home = LARGEST if largest else others[len(places) % len(others)]
        numbers[home] += 1
        name = names.fresh(chance, names.estates, taken)
        places.append((f"{home}-n{numbers[home]}", name, home, None))
    return [*_filled(chance, places, scale)]


def _filled(
    chance: Random, places: Sequence[tuple[str, str, str, int | None]], scale: float
) -> Iterator[Estate]:
    largest = LARGEST_PEOPLE * 10 // PEOPLE_IN_TEN_HOUSEHOLDS
    inside = [place for place in places if place[2] == LARGEST]
    outside = [place for place in places if place[2] != LARGEST]
    grids = _shares([1] * len(inside), LARGEST_GRIDS)
    heads = _shares([1] * len(inside), LARGEST_HEADS - LARGEST_LANES)
    lanes = _shares([1] * len(inside), LARGEST_LANES)
    households = _households(chance, inside, round(largest * min(scale, 1)), min(scale, 1))
    for place, own, *of in zip(inside, households, grids, lanes, heads, strict=True):
        yield Estate(*place[:3], own, *of)
    rest = round(HOUSEHOLD_COUNT * scale) - round(largest * min(scale, 1))
    for place, own in zip(outside, _households(chance, outside, rest, min(scale, 1)), strict=True):
        people = own * PEOPLE_IN_TEN_HOUSEHOLDS // 10
        buildings = max(1, round(own / DOORS_OF_A_BUILDING))
        yield Estate(*place[:3], own, max(1, people // PEOPLE_OF_A_GRID), 0, buildings)


def _households(
    chance: Random, places: Sequence[tuple[str, str, str, int | None]], total: int, scale: float
) -> list[int]:
    """So many in all; a document's own figure where it gives one, scaled below 1."""
    known = [None if own is None else max(1, round(own * scale)) for *_, own in places]
    weights = [0 if own is not None else chance.randint(60, 140) for own in known]
    shared = _shares(weights, total - sum(own or 0 for own in known))
    return [own if own is not None else share for own, share in zip(known, shared, strict=True)]


def _shares(weights: Sequence[int], total: int) -> list[int]:
    """The total by these weights, whole and without rest."""
    shares, given, seen = [], 0, 0
    for weight in weights:
        seen += weight
        upto = total * seen // sum(weights)
        shares.append(upto - given)
        given = upto
    return shares

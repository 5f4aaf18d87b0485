"""The households of the sample district: every door of every building, with a floor area."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from random import Random

from services.territory.households.rosters import household_of
from services.territory.roster.commands import Entry, RegisterHouseholds
from services.territory.sample.clerk import MEANT
from services.territory.sample.shape import Shape

BEGAN = datetime(2018, 1, 31, 16, tzinfo=UTC)
DOORS_OF_A_LANDING = 4
LANDINGS = 6
SMALLEST, LARGEST = 3_800, 12_500  # dm²: flats of 38 to 125 m²


def registrations(district: Shape, seed: int) -> Iterator[RegisterHouseholds]:
    """A command for each building that has households."""
    for estate in district.estates:
        for building, doors in estate.doors():
            if doors:
                chance = Random(f"{seed} {building}")
                entries = tuple(_entry(chance, building, number) for number in range(doors))
                yield RegisterHouseholds(at=BEGAN, building=building, entries=entries, **MEANT)


def _entry(chance: Random, building: str, number: int) -> Entry:
    landing, door = divmod(number, DOORS_OF_A_LANDING)
    stairs, floor = divmod(landing, LANDINGS)
    name = f"{stairs + 1}-{floor + 1}0{door + 1}"
    return Entry(household_of(building, name), name, chance.randint(SMALLEST, LARGEST))

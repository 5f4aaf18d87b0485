"""The households of the sample district: every door of every building, with a floor area."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from services.territory.households.rosters import stream_of
from services.territory.roster.commands import (
    Entry,
    RegisterHouseholds,
    ReturnHousehold,
    RosterCommand,
    VacateHousehold,
)
from services.territory.roster.decider import building_roster
from services.territory.sample.clerk import MEANT, day
from services.territory.sample.homes import Home, homes
from services.territory.sample.shape import Shape
from services.territory.sample.telling import Telling, told
from shared.runtime.commands.submission import Target

BEGAN, LEFT, CAME_BACK = day("2018-02-01"), day("2018-07-01"), day("2021-03-01")
SMALLEST, LARGEST = 3_800, 12_500  # dm²: flats of 38 to 125 m²


def tellings(district: Shape, seed: int) -> Iterator[Telling]:
    """One for each building that has households."""
    for estate in district.estates:
        for building, doors in estate.doors():
            if doors:
                target = Target(building_roster, stream_of(building))
                commands = [*_commands(building, homes(building, doors), seed)]
                yield told(f"roster {building}", target, commands)


def _commands(building: str, there: Sequence[Home], seed: int) -> Iterator[RosterCommand]:
    chance = Random(f"{seed} {building}")
    entries = tuple(_entry(chance, home) for home in there)
    yield RegisterHouseholds(at=BEGAN, building=building, entries=entries, **MEANT)
    for home in there:
        if home.was_left:
            about: dict[str, Any] = {"building": building, "household": home.household}
            yield VacateHousehold(at=LEFT, **about, **MEANT)
            yield ReturnHousehold(at=CAME_BACK, **about, **MEANT)


def _entry(chance: Random, home: Home) -> Entry:
    return Entry(home.household, home.door, chance.randint(SMALLEST, LARGEST))

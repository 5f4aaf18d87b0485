"""Every door of the sample district, and the ids of who lives behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from services.territory.households.rosters import household_of
from services.territory.sample.shape import Estate
from shared.runtime.commands.ids import derived

DOORS_OF_A_LANDING = 4
LANDINGS = 6
# S0: people who had left the old railway estate came back once it was renewed. Which, is invented.
LEFT, LEFT_FOR_A_WHILE = "tielu-sushe-", "-603"


class Home(NamedTuple):
    """A household's dwelling."""

    building: str
    door: str

    @property
    def household(self) -> UUID:
        """Its id for ever."""
        return household_of(self.building, self.door)

    @property
    def was_left(self) -> bool:
        """Whether it stood empty until its people came back."""
        return self.building.startswith(LEFT) and self.door.endswith(LEFT_FOR_A_WHILE)

    def resident(self, seed: int, number: int) -> UUID:
        """The id of one who lives there. Number 0 is grown up, and lives in every home."""
        return derived("sample-resident", str(seed), self.building, self.door, str(number))


def homes(building: str, doors: int) -> list[Home]:
    """The homes of a building, in the order of its doors."""
    return [Home(building, _door(number)) for number in range(doors)]


def homes_of(estate: Estate) -> Iterator[list[Home]]:
    """The homes of each building of an estate that has any."""
    for building, doors in estate.doors():
        if doors:
            yield homes(building, doors)


def _door(number: int) -> str:
    landing, door = divmod(number, DOORS_OF_A_LANDING)
    stairs, floor = divmod(landing, LANDINGS)
    return f"{stairs + 1}-{floor + 1}0{door + 1}"

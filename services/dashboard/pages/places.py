"""Names of places and units on a page: what a code is called, and where it lies."""

from __future__ import annotations

from collections.abc import Mapping
from time import monotonic
from typing import NamedTuple

from services.dashboard.queries import units
from services.dashboard.service import Dashboard
from shared.core.atlas.atlas import Atlas
from shared.core.atlas.boundaries import Boundaries

AFTER = 10.0
LEVELS = 4  # district, street, community, estate


class Step(NamedTuple):
    """One step of a way down the map."""

    name: str
    link: str | None


class Spot(NamedTuple):
    """A territory to choose; its name is indented by how deep it lies."""

    code: str
    name: str


class Group(NamedTuple):
    """A street with what lies in it."""

    name: str
    spots: list[Spot]


class Places:
    """The map and the units as they are called today."""

    def __init__(self, boundaries: Boundaries, names: Mapping[str, str]) -> None:
        self._boundaries = boundaries
        self._names = names
        self._choices: dict[str, list[Group]] = {}
        self.units: Mapping[str, str] = {}

    def name(self, code: str) -> str:
        """What a territory is called; the code of one that is on no map."""
        return self._names.get(code, code)

    def unit(self, code: str | None) -> str:
        """What a unit is called; its code where nobody has told its name."""
        return self.units.get(code, code) if code else ""

    def way(self, code: str) -> list[str]:
        """The codes from the district down to a territory."""
        if code not in self._names:
            return [code]
        return list(reversed(self._boundaries.above(code)))

    def spelled(self, code: str) -> str:
        """Where a territory lies, below the district: `天心街道 › 活龙井社区`."""
        way = self.way(code)
        return " › ".join(self.name(one) for one in (way[1:] or way))

    def choices(self, root: str) -> list[Group]:
        """What can be chosen below `root`: each street with its communities and their estates."""
        if root not in self._choices:
            self._choices[root] = self._chosen_from(root)
        return self._choices[root]

    def _chosen_from(self, root: str) -> list[Group]:
        groups: dict[str, list[Spot]] = {}
        for way in sorted(self.way(code) for code in self._boundaries.below(root)):
            if 1 < len(way) <= LEVELS:
                name = "\u3000" * (len(way) - 2) + self.name(way[-1])
                spots = groups.setdefault(way[1], [])
                if Spot(way[-1], name) not in spots[-1:]:  # what it was made from belongs to it
                    spots.append(Spot(way[-1], name))
        return [Group(self.name(street), spots) for street, spots in groups.items()]


class Directory:
    """The places of a service, put together anew when the map has changed, or AFTER seconds."""

    def __init__(self, service: Dashboard) -> None:
        self._service = service
        self._atlas: Atlas | None = None
        self._until = 0.0
        self._places: Places

    async def now(self) -> Places:
        """What everything is called now."""
        atlas = await self._service.map.fresh()
        if atlas is not self._atlas or monotonic() >= self._until:
            boundaries = self._service.map.boundaries()
            names = {code: one.name(boundaries.moment) for code, one in atlas.territories.items()}
            known = Places(boundaries, names)
            known.units = await units.names(self._service.pool)
            self._atlas, self._places, self._until = atlas, known, monotonic() + AFTER
        return self._places

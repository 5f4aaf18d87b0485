"""Which buildings belong to a part of the map, on any day: found by walking the map, once."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from datetime import datetime

from shared.core.atlas.atlas import Atlas
from shared.core.atlas.boundaries import Boundaries
from shared.core.atlas.territory import Stay, Territory
from shared.runtime.projections.map_copy import MapCopy

REMEMBERED = 1_000  # walks


class Places:
    """The buildings below any territory, under the boundaries of any moment.

    Between two changes of the map all moments have the same boundaries, so each territory is walked
    once for each stretch that is asked about. A map that has changed is walked anew.
    """

    def __init__(self, map_copy: MapCopy) -> None:
        self._map = map_copy
        self._atlas = Atlas()
        self._changes: list[datetime] = []
        self._found: OrderedDict[tuple[str, int], Sequence[str]] = OrderedDict()

    def buildings(self, root: str, moment: datetime) -> Sequence[str] | None:
        """The codes of the buildings, of any time, whose records belonged to `root` then, in order;
        None for the district, to which all belong."""
        atlas = self._map.atlas
        if root == atlas.district:
            return None
        if atlas is not self._atlas:
            self._atlas, self._found = atlas, OrderedDict()
            self._changes = sorted({at for one in atlas.territories.values() for at in _times(one)})
        place = (root, bisect_right(self._changes, moment))
        found = self._found.get(place)
        if found is None:
            below = Boundaries(atlas, moment).below(root)
            found = sorted(code for code in below if atlas.territories[code].kind == "building")
            self._found[place] = found
            if len(self._found) > REMEMBERED:
                self._found.popitem(last=False)
        return found


def _times(territory: Territory) -> Iterator[datetime]:
    """When it came, moved, joined, left or ended."""
    lasting: list[Territory | Stay] = [territory, *territory.stays, *territory.blocks]
    for one in lasting:
        yield one.since
        if one.until is not None:
            yield one.until

"""The map as of one moment: where anything ever recorded belongs under the boundaries of then.

A record names the finest territory that was known. Drawn under the boundaries of another time that
territory may not exist: it was merged (its records belong to what it became), it was split (they
belong to no one part: to the territory that holds all of them, "before the split"), or it was not
there yet (to what it was made from). Every record of a known territory belongs to exactly one
territory, so totals are the same under all boundaries.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from shared.core.atlas.atlas import Atlas
from shared.core.atlas.kinds import GROUPS, Kind
from shared.core.atlas.territory import Territory


class Shown(NamedTuple):
    """Where a territory's records belong. `whole` is False where they would have to be divided
    among several, and so belong to the territory that holds all of those: "before the split", or,
    under the boundaries of before, "since the merger"."""

    code: str
    whole: bool


class Boundaries:
    """An atlas read as of a moment. What was found once is remembered."""

    def __init__(self, atlas: Atlas, moment: datetime) -> None:
        self.atlas = atlas
        self.moment = moment
        self._shown: dict[str, Shown] = {}
        self._above: dict[str, tuple[str, ...]] = {}

    def shown(self, code: str) -> Shown:
        """Where records of this territory belong. Raises KeyError for one that never was."""
        found = self._shown.get(code)
        if found is None:
            found = self._shown[code] = self._find(self.atlas.territories[code])
        return found

    def above(self, code: str) -> tuple[str, ...]:
        """Where records of this territory belong, and what that lies in, up to the district."""
        shown = self.shown(code).code
        found = self._above.get(shown)
        if found is None:
            parent = self.atlas.territories[shown].parent(self.moment)
            found = (shown, *(self.above(parent) if parent is not None else ()))
            self._above[shown] = found
        return found

    def within(self, code: str, root: str) -> bool:
        """Whether records of this territory belong to `root`: it lies there, or in a member of it.

        A territory that never was lies nowhere, and nothing lies in it.
        """
        if code not in self.atlas.territories or root not in self.atlas.territories:
            return False
        if self.atlas.territories[root].kind not in GROUPS:
            return root in self.above(code)
        if self.shown(code).code == root:
            return True
        return any(root in self.atlas.blocks(one, self.moment) for one in self.above(code))

    def at_level(self, code: str, kind: Kind) -> str | None:
        """The territory of this kind that its records belong to; None where they belong to a
        wider one only."""
        for one in self.above(code):
            if self.atlas.territories[one].kind == kind:
                return one
        return None

    def part(self, code: str, root: str) -> str:
        """In which of the territories directly in `root`, or of its members, the records of this
        one belong; `root` where they belong to no part of it. Of what belongs to `root` only."""
        above = self.above(code)
        if root in above:
            return above[max(above.index(root) - 1, 0)]
        member = (one for one in above if root in self.atlas.blocks(one, self.moment))
        return next(member, root)

    def below(self, root: str) -> list[str]:
        """Every territory, of any time, whose records belong to `root`, `root` first.

        Found by walking from `root`, at a price that grows with what lies there, not with the map.
        """
        if root not in self.atlas.territories:
            return []
        found = {root: None}
        ahead = [root]
        while ahead:
            known = ahead.pop()
            for code in self._beside(known):
                if code not in found and (self._lies_in(code, known) or self.within(code, root)):
                    found[code] = None
                    ahead.append(code)
        if self.within(root, root):
            return list(found)
        return list(found)[1:]

    def _lies_in(self, code: str, parent: str) -> bool:
        """Whether it does so now, on the map: most do, and then belong to what that belongs to."""
        territory = self.atlas.territories[code]
        return territory.exists(self.moment) and territory.parent(self.moment) == parent

    def _beside(self, code: str) -> Iterator[str]:
        territory = self.atlas.territories[code]
        yield from self.atlas.below.get(code, ())
        yield from territory.out_of
        yield from territory.into

    def _find(self, territory: Territory) -> Shown:
        if territory.exists(self.moment):
            return Shown(territory.code, True)
        kin = territory.out_of if self.moment < territory.since else territory.into
        if len(kin) > 1:
            return Shown(self._common(kin), False)
        beside = kin[0] if kin else territory.parent(self.moment)
        return self.shown(beside) if beside is not None else Shown(territory.code, True)

    def _common(self, codes: Sequence[str]) -> str:
        """The finest territory that all of these belong to."""
        first, *others = (self.above(code) for code in codes)
        return next(one for one in first if all(one in other for other in others))

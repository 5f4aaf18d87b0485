"""Maps for tests: a small district, and random lives of one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from random import Random

from services.territory.map.commands import (
    AssignToBlock,
    CloseTerritory,
    LeaveBlock,
    MapCommand,
    MergeTerritories,
    MoveTerritory,
    RegisterTerritories,
    SplitTerritory,
)
from services.territory.map.decider import district_map
from shared.core.atlas.atlas import Atlas, New
from shared.core.atlas.boundaries import Boundaries
from shared.core.atlas.kinds import RANK, Kind, may_lie_in
from shared.core.messages import Actor, Rejected

START = datetime(2020, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
CLERK = Actor(id="clerk", roles=frozenset({"administrator"}), territory="gaoxin")

# Shengli street of the fifth founding document: two estates, a row of railings between them.
SHENGLI = (
    New("gaoxin", "district", "高新区", None),
    New("shengli", "subdistrict", "胜利街道", "gaoxin"),
    New("sanwan", "community", "三湾社区", "shengli"),
    New("wenhua", "neighbourhood", "文化小区", "sanwan"),
    New("sanwan-3", "neighbourhood", "三湾花园三期", "sanwan"),
    New("wenhua-1", "building", "文化小区1栋", "wenhua"),
    New("wenhua-2", "building", "文化小区2栋", "wenhua"),
    New("sanwan-3-1", "building", "三湾花园三期1栋", "sanwan-3"),
    New("sanwan-3-2", "building", "三湾花园三期2栋", "sanwan-3"),
)


def day(number: int) -> datetime:
    """So many days after the map was begun."""
    return START + number * DAY


def register(new: Sequence[New], at: datetime = START) -> RegisterTerritories:
    return RegisterTerritories(at=at, actor=CLERK, territories=tuple(new))


def merge(codes: Iterable[str], code: str, at: datetime, parent: str | None = None
          ) -> MergeTerritories:  # fmt: skip
    return MergeTerritories(
        at=at, actor=CLERK, codes=tuple(codes), code=code, name=code, parent=parent
    )


def split(code: str, takes: dict[str, tuple[str, ...]], at: datetime) -> SplitTerritory:
    return SplitTerritory(
        at=at, actor=CLERK, code=code, names={part: part for part in takes}, takes=takes
    )


def after(*commands: MapCommand, atlas: Atlas | None = None) -> Atlas:
    """The map after these commands. Raises Rejected."""
    atlas = atlas or district_map.initial
    for command in commands:
        for event in district_map.decide(command, atlas):
            atlas = district_map.evolve(atlas, event)
    return atlas


class Life:
    """A random life of a map; commands that are refused are counted, not repeated."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._made = 0
        self.refused = 0
        self.now = START
        self.atlas = after(register([New("root", "district", "root", None)]))

    def live(self, steps: int) -> Atlas:
        """The map after so many tries to change it."""
        for _ in range(steps):
            self.now += self._random.choice([0, 0, 1, 3]) * DAY
            at = self.now - self._random.choice([0, 0, 0, 2]) * DAY
            try:
                self.atlas = after(self._command(max(at, START)), atlas=self.atlas)
            except Rejected:
                self.refused += 1
        return self.atlas

    def _command(self, at: datetime) -> MapCommand:
        pick = self._random.random()
        if pick < 0.4:
            return register([self._new(self._any())], at)
        if pick < 0.55:
            return MoveTerritory(at=at, actor=CLERK, code=self._any(), parent=self._any())
        if pick < 0.72:
            return self._merger(at)
        if pick < 0.85:
            return self._division(at)
        return self._other(at)

    def _other(self, at: datetime) -> MapCommand:
        code, block = self._any(), self._any("block")
        commands: list[MapCommand] = [
            AssignToBlock(at=at, actor=CLERK, code=code, block=block),
            AssignToBlock(at=at, actor=CLERK, code=code, block=block),
            LeaveBlock(at=at, actor=CLERK, code=code, block=block),
            CloseTerritory(at=at, actor=CLERK, code=code),
        ]
        return self._random.choice(commands)

    def _merger(self, at: datetime) -> MergeTerritories:
        first = self._any()
        kind = self.atlas.territories[first].kind
        alike = sorted(one.code for one in self.atlas.territories.values() if one.kind == kind)
        others = self._random.sample(alike, min(len(alike), self._random.choice([1, 1, 2])))
        parent = self.atlas.territories[first].parent(at)
        return merge(dict.fromkeys([first, *others]), self._code(), at, parent)

    def _division(self, at: datetime) -> SplitTerritory:
        code = self._any()
        parts = [self._code() for _ in range(self._random.choice([2, 2, 3]))]
        takes: dict[str, list[str]] = {part: [] for part in parts}
        for inner in self.atlas.inner(code, at):
            takes[self._random.choice(parts)].append(inner)
        return split(code, {part: tuple(codes) for part, codes in takes.items()}, at)

    def _new(self, parent: str) -> New:
        kinds = [kind for kind in RANK if may_lie_in(kind, self.atlas.territories[parent].kind)]
        kind: Kind = self._random.choice(kinds) if kinds else "building"
        code = self._code()
        return New(code, kind, code, parent)

    def _code(self) -> str:
        self._made += 1
        return f"t{self._made}"

    def _any(self, kind: Kind | None = None) -> str:
        codes = [one.code for one in self.atlas.territories.values() if kind in (None, one.kind)]
        return self._random.choice(sorted(codes)) if codes else "none"


def records_of(atlas: Atlas, boundaries: Boundaries, root: str) -> set[str]:
    """What belongs to `root`, found by asking each territory that ever was."""
    return {code for code in atlas.territories if boundaries.within(code, root)}


def tree(atlas: Atlas, boundaries: Boundaries, root: str) -> int:
    """One for each territory that belongs to `root`, counted from the leaves up: what belongs to
    `root` and to none that lies in it, and the same of each that lies in it."""
    own = sum(1 for code in atlas.territories if boundaries.shown(code).code == root)
    inner = (code for code in atlas.territories if boundaries.above(code)[:2] == (code, root))
    return own + sum(tree(atlas, boundaries, code) for code in inner)

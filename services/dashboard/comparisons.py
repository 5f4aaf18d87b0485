"""Territories of one level side by side: the map says which, the read models how much, the rules
what may be ranked and what may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from services.dashboard.boards import day_asked
from services.dashboard.kept import Kept
from services.dashboard.measures import days, hiding
from services.dashboard.measures.book import Code, Measure
from services.dashboard.measures.comparing import Standing, standings
from services.dashboard.measures.hiding import Path
from services.dashboard.measures.ledger import Rate
from services.dashboard.measures.rules_2026_1 import BOOK
from services.dashboard.queries import comparison
from services.dashboard.queries.comparison import NOTHING, Moved, Stretch
from services.dashboard.queries.movements import NOWHERE, Where
from services.dashboard.queries.sheets import Sheets
from services.dashboard.reading import Reading
from shared.core.atlas.boundaries import Boundaries
from shared.core.messages import Rejected
from shared.runtime.projections.map_copy import MapCopy
from shared.runtime.projections.watermarks import Watermark

Level = Literal["subdistrict", "block", "community", "neighbourhood", "grid"]
Audience = Literal["inside", "outside"]
# Where everything is that belongs to none of the territories that are compared.
REST = ""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The territories of a level in a territory, under the boundaries of the moment `drawn_at` or
    of today, from a day to another one (`2026-05-01`), both included."""

    territory: str
    level: Level
    measures: tuple[Code, ...]
    first: str | None = None
    last: str | None = None
    drawn_at: datetime | None = None
    audience: Audience = "inside"
    min_position: int = 0


@dataclass(frozen=True)
class Cell:
    """One figure of one line: a count, or a rate with its standing; neither where it is hidden."""

    count: int | None = None
    standing: Standing | None = None


@dataclass(frozen=True)
class Comparison:
    """A line of cells for each territory, by measure; `rest` is what belongs to none of them, None
    for the outside; `total` is all together."""

    asked: Asked
    first: str
    last: str
    lines: Mapping[str, Mapping[Code, Cell]]
    rest: Mapping[Code, Cell] | None
    total: Mapping[Code, Cell]
    watermark: Watermark


class Comparisons:
    """Compares territories. Raises Rejected for days that are none, Problem (503) when the read
    model does not come as far as `min_position`."""

    def __init__(self, reading: Reading, map_copy: MapCopy) -> None:
        self._reading = reading
        self._map = map_copy
        self._sheets = Sheets()
        self._kept: Kept[Comparison] = Kept()

    async def compare(self, asked: Asked) -> Comparison:
        """The territories side by side; kept until a case or the map moves."""
        stretch = _stretch(asked)
        mark, moved = await self._reading.reach(asked.min_position)

        async def make() -> Comparison:
            early = await self._reading.early(moved)
            return await self._made(asked, stretch, mark, early)

        stamp = (stretch, moved, self._map.version)
        found = await self._kept.get(replace(asked, min_position=0), stamp, make)
        return replace(found, watermark=mark)

    async def _made(
        self, asked: Asked, stretch: Stretch, mark: Watermark, early: int | None
    ) -> Comparison:
        places, paths = self._places(asked)
        async with self._reading.live() as connection:
            found = await comparison.read(connection, places, stretch, early, self._sheets)
        lines = {code: _counts(found.get(code, NOTHING)) for code in paths}
        everything = [_counts(one) for one in found.values()]
        rest = _counts(found.get(REST, NOTHING))
        total = {name: sum(one[name] for one in everything) for name in _counts(NOTHING)}
        cells = {measure: _column(asked, measure, lines, paths) for measure in asked.measures}
        return Comparison(
            asked=asked,
            first=days.text_of(stretch.first),
            last=days.text_of(stretch.last),
            lines={code: {one: cells[one][code] for one in asked.measures} for code in paths},
            rest=None if asked.audience == "outside" else _alone(asked, rest),
            total=_alone(asked, total),
            watermark=mark,
        )

    def _places(self, asked: Asked) -> tuple[Where, dict[str, Path]]:
        """Where everything belongs; of each territory of the level, what it lies in."""
        codes = self._map.below(asked.territory, asked.drawn_at)
        boundaries = self._map.boundaries(asked.drawn_at)
        atlas = self._map.atlas
        inside = atlas.territories if codes is None else codes
        of = {code: _place(boundaries, code, asked.level) for code in inside}
        found = sorted({place for place in of.values() if place != REST})
        where = Where(of, codes is None, elsewhere=NOWHERE)
        return where, {code: _path(boundaries, code, asked.territory) for code in found}


def _place(boundaries: Boundaries, code: str, level: Level) -> str:
    if level != "block":
        return boundaries.at_level(code, level) or REST
    return boundaries.block(code) or REST


def _path(boundaries: Boundaries, code: str, root: str) -> Path:
    """What a territory lies in below `root`, the widest first."""
    above = boundaries.above(code)[1:]
    return above[: above.index(root) if root in above else None][::-1]


def _stretch(asked: Asked) -> Stretch:
    last = day_asked(asked.last, field="to")
    first = last - BOOK.window + 1 if asked.first is None else days.parse(asked.first)
    if first > last:
        detail = f"the last day, {days.text_of(last)}, comes before the first"
        raise Rejected("ends_before_it_begins", detail, "from")
    return Stretch(first, last)


def _counts(moved: Moved) -> dict[str, int]:
    """The movements of the stretch, and the stocks at its end."""
    stocks: dict[str, int] = {one.code: _sum(one, moved.stood) for one in BOOK.of_kind("stock")}
    return {**moved.came, **stocks}


def _sum(measure: Measure, sums: Mapping[str, int]) -> int:
    return sum(sign * sums[movement] for movement, sign in measure.counts.items())


def _column(
    asked: Asked, code: Code, lines: Mapping[str, Mapping[str, int]], paths: Mapping[str, Path]
) -> dict[str, Cell]:
    """One measure of all lines; what is not shown does not weigh in what is."""
    measure = BOOK.measure(code)
    hidden: frozenset[str] = frozenset()
    if asked.audience == "outside":
        hidden = hiding.hidden(lines, paths, hiding.family_of(measure.among or code))
    shown = {place: line for place, line in lines.items() if place not in hidden}
    cells = {place: Cell() for place in hidden}
    if measure.among is None:
        return cells | {place: Cell(count=line[code]) for place, line in shown.items()}
    ranked = standings({place: _rate(measure, line) for place, line in shown.items()})
    return cells | {place: Cell(standing=one) for place, one in ranked.items()}


def _rate(measure: Measure, line: Mapping[str, int]) -> Rate:
    assert measure.among is not None
    return Rate(_sum(measure, line), line[measure.among])


def _alone(asked: Asked, line: Mapping[str, int]) -> dict[Code, Cell]:
    """A line that is compared with nothing."""
    told: dict[Code, Cell] = {}
    for code in asked.measures:
        measure = BOOK.measure(code)
        family = hiding.family_of(measure.among or code)
        if asked.audience == "outside" and hiding.has_small(line, family):
            told[code] = Cell()
        elif measure.among is None:
            told[code] = Cell(count=line[code])
        else:
            told[code] = Cell(standing=Standing(_rate(measure, line)))
    return told

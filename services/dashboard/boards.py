"""Figures of a territory: the map says where, the read models how many."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import NamedTuple

from services.dashboard.kept import Kept
from services.dashboard.measures import days
from services.dashboard.measures.book import Measure
from services.dashboard.measures.figures import Span
from services.dashboard.measures.rules_2026_1 import BOOK
from services.dashboard.queries import boards, explain, movements
from services.dashboard.queries.boards import Board
from services.dashboard.queries.explain import Explained, Mark
from services.dashboard.queries.movements import Where
from services.dashboard.queries.sheets import Sheets
from services.dashboard.reading import Reading
from shared.core.atlas.kinds import GROUPS
from shared.core.messages import Rejected
from shared.runtime.projections.map_copy import MapCopy
from shared.runtime.projections.watermarks import Watermark


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which figures: of a territory under the boundaries of the moment `drawn_at` or of today; at
    the end of a day (`2026-05-01`), or of the present one; by what was known at `known`, or by all
    that is; how many days a rate looks back."""

    territory: str
    at: str | None = None
    drawn_at: datetime | None = None
    known: datetime | None = None
    window: int | None = None
    min_position: int = 0


class Shown(NamedTuple):
    """A board, its day, and up to where it is true."""

    board: Board
    at: str
    watermark: Watermark


class Because(NamedTuple):
    """The cases behind a figure, its last day, how many days it sums up, up to where it is true."""

    explained: Explained
    at: str
    window: int
    watermark: Watermark


class Boards:
    """Figures about many cases, and the cases behind them. Each waits for `min_position` unless it
    is asked as known once: Problem (503) when the read model does not come that far. Raises
    Rejected for a day to come, and for a territory that is not on the map."""

    def __init__(self, reading: Reading, map_copy: MapCopy) -> None:
        self._reading = reading
        self._map = map_copy
        self._kept: Kept[Board] = Kept()
        self._sheets = Sheets()

    async def board(self, asked: Asked) -> Shown:
        """The board of a territory; one of the present is kept until a case or the map moves."""
        day = day_asked(asked.at, asked.known)
        span = Span(day, asked.window or BOOK.window)
        if asked.known is not None:
            async with self._reading.known(asked.known) as (connection, mark):
                early = await movements.earliest(connection)
                found = await boards.read(connection, self._where(asked), span, early)
            return Shown(found, days.text_of(day), mark)
        mark, moved = await self._reading.reach(asked.min_position)

        async def make() -> Board:
            early = await self._reading.early(moved)
            async with self._reading.live() as connection:
                return await boards.read(connection, self._where(asked), span, early, self._sheets)

        stamp = (day, moved, self._map.version)
        found = await self._kept.get(replace(asked, min_position=0), stamp, make)
        return Shown(found, days.text_of(day), mark)

    async def explain(
        self, asked: Asked, measure: Measure, after: Mark | None = None, limit: int = 50
    ) -> Because:
        """A page of the cases behind a figure; a flow is that of one day where no window is
        asked for."""
        day = day_asked(asked.at, asked.known)
        window = asked.window or (BOOK.window if measure.kind == "rate" else 1)
        places = self._map.below(asked.territory, asked.drawn_at)
        about = explain.Asked(measure, places, day, window)
        if asked.known is not None:
            async with self._reading.known(asked.known) as (connection, mark):
                explained = await explain.read(connection, about, after, limit)
        else:
            mark, _ = await self._reading.reach(asked.min_position)
            async with self._reading.live() as connection:
                explained = await explain.read(connection, about, after, limit)
        return Because(explained, days.text_of(day), window, mark)

    def _where(self, asked: Asked) -> Where:
        return where(self._map, asked.territory, asked.drawn_at)


def where(map_copy: MapCopy, territory: str, drawn_at: datetime | None = None) -> Where:
    """The parts of a territory under the boundaries of a moment, of today without one; each is
    listed. Raises Rejected for one that was not on the map then."""
    parts, whole = map_copy.parts(territory, drawn_at)
    atlas = map_copy.atlas
    listed = {
        one
        for one in parts.values()
        if one != territory and atlas.territories[one].kind not in GROUPS
    }
    return Where(parts, whole, sorted(listed))


def day_asked(day: str | None, known: datetime | None = None, field: str = "at") -> int:
    """The day; without one that of `known`, or today. Raises Rejected for one to come."""
    now = datetime.now(UTC)
    if day is None:
        return days.number_of(min(known or now, now))
    number, today = days.parse(day), days.number_of(now)
    if number > today:
        raise Rejected("in_the_future", f"today is {days.text_of(today)}", field)
    return number

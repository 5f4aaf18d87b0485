"""Figures of a territory: the map says where, the read models how many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from services.dashboard.measures import days
from services.dashboard.measures.book import Measure
from services.dashboard.measures.figures import Span
from services.dashboard.measures.rules_2026_1 import BOOK
from services.dashboard.queries import boards, explain
from services.dashboard.queries.boards import Board
from services.dashboard.queries.explain import Explained, Mark
from services.dashboard.queries.movements import Where
from services.dashboard.reading import Reading
from shared.core.atlas.kinds import GROUPS
from shared.core.messages import Rejected
from shared.runtime.projections.map_copy import MapCopy
from shared.runtime.projections.watermarks import Watermark


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which figures: of a territory under the boundaries of the moment `drawn_at` or of today, at
    the end of a day (`2026-05-01`) or of today; how many days a rate looks back."""

    territory: str
    at: str | None = None
    drawn_at: datetime | None = None
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
    """Figures about many cases, and the cases behind them. Each waits for `min_position`: Problem
    (503) when the read model does not come that far. Raises Rejected for a day to come, and for a
    territory that is not on the map."""

    def __init__(self, reading: Reading, map_copy: MapCopy) -> None:
        self._reading = reading
        self._map = map_copy

    async def board(self, asked: Asked) -> Shown:
        """The board of a territory."""
        day = day_asked(asked.at)
        where = self._where(asked)
        async with self._reading.opened(asked.min_position) as (connection, mark):
            board = await boards.read(connection, where, Span(day, asked.window or BOOK.window))
        return Shown(board, days.text_of(day), mark)

    async def explain(
        self, asked: Asked, measure: Measure, after: Mark | None = None, limit: int = 50
    ) -> Because:
        """A page of the cases behind a figure; a flow is that of one day where no window is
        asked for."""
        day = day_asked(asked.at)
        window = asked.window or (BOOK.window if measure.kind == "rate" else 1)
        places = self._map.below(asked.territory, asked.drawn_at)
        about = explain.Asked(measure, places, day, window)
        async with self._reading.opened(asked.min_position) as (connection, mark):
            explained = await explain.read(connection, about, after, limit)
        return Because(explained, days.text_of(day), window, mark)

    def _where(self, asked: Asked) -> Where:
        parts, whole = self._map.parts(asked.territory, asked.drawn_at)
        atlas = self._map.atlas
        listed = {
            one
            for one in parts.values()
            if one != asked.territory and atlas.territories[one].kind not in GROUPS
        }
        return Where(parts, whole, sorted(listed))


def day_asked(day: str | None, field: str = "at") -> int:
    """The day, today without one. Raises Rejected for one to come."""
    today = days.number_of(datetime.now(UTC))
    number = today if day is None else days.parse(day)
    if number > today:
        raise Rejected("in_the_future", f"today is {days.text_of(today)}", field)
    return number

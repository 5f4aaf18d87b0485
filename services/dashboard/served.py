"""Hours of volunteers by territory and month, and the lines behind them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from services.dashboard.boards import where
from services.dashboard.kept import Kept
from services.dashboard.measures import days
from services.dashboard.projections.active_people import active_people
from services.dashboard.queries import served
from services.dashboard.queries.served import Line, Mark, Months
from shared.contracts.volunteer import VOLUNTEER
from shared.runtime.projections.map_copy import MapCopy
from shared.runtime.projections.watermarks import Moved, Watermark, Watermarks
from shared.store.pool import Pool


class Shown(NamedTuple):
    """The hours of a month, and up to where they are true."""

    months: Months
    month: str
    watermark: Watermark


class Because(NamedTuple):
    """A page of the lines behind a month; whether more follow; up to where that is true."""

    lines: list[Line]
    more: bool
    month: str
    watermark: Watermark


class Served:
    """What volunteers served. `watermarks` speak of the volunteer service's log. Raises Rejected
    for a territory that is not on the map."""

    def __init__(self, pool: Pool, map_copy: MapCopy) -> None:
        self._pool = pool
        self._map = map_copy
        self._kept: Kept[Months] = Kept()
        self.watermarks = Watermarks(pool, VOLUNTEER.log)

    async def moved(self) -> Moved:
        """How far the hours have come: cheap enough to be asked again and again."""
        return await self.watermarks.moved(active_people.name)

    async def month(
        self, territory: str, month: str | None = None, drawn_at: datetime | None = None
    ) -> Shown:
        """The hours of a month, of the present one without any; kept until one moves."""
        month = month or this_month()
        stamp = (await self.moved(), self._map.version)
        mark = await self.watermarks.of(active_people.name)

        async def make() -> Months:
            async with self._pool.acquire(timeout=10) as connection:
                return await served.read(connection, where(self._map, territory, drawn_at), month)

        found = await self._kept.get((territory, month, drawn_at), stamp, make)
        return Shown(found, month, mark)

    async def explain(
        self, territory: str, month: str | None = None, after: Mark | None = None, limit: int = 50
    ) -> Because:
        """A page of the lines behind a month, under today's boundaries."""
        month = month or this_month()
        mark = await self.watermarks.of(active_people.name)
        places = self._map.below(territory)
        async with self._pool.acquire(timeout=10) as connection:
            lines = await served.behind(connection, places, month, after, limit + 1)
        return Because(lines[:limit], len(lines) > limit, month, mark)


def this_month() -> str:
    """The month it is in Beijing, such as `2026-05`."""
    return days.text_of(days.number_of(datetime.now(UTC)))[:7]

"""Hours of volunteers by territory and month, and the lines behind them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from services.dashboard.boards import where
from services.dashboard.kept import Kept
from services.dashboard.measures import days
from services.dashboard.projections.active_people import active_people
from services.dashboard.projections.held_activities import held_activities
from services.dashboard.queries import held, served
from services.dashboard.queries.held import Effect, Held
from services.dashboard.queries.served import Line, Mark, Months
from shared.contracts.volunteer import VOLUNTEER
from shared.runtime.projections.map_copy import MapCopy
from shared.runtime.projections.watermarks import Moved, Watermark, Watermarks
from shared.store.pool import Pool


class Shown(NamedTuple):
    """The hours of a month, the activities with what came of them, and up to where that is true."""

    months: Months
    effect: Effect
    month: str
    watermark: Watermark


class Because(NamedTuple):
    """A page of the lines behind a month; whether more follow; up to where that is true."""

    lines: list[Line]
    more: bool
    held: list[Held]
    month: str
    watermark: Watermark


class Served:
    """What volunteers served. `watermarks` speak of the volunteer service's log. Raises Rejected
    for a territory that is not on the map."""

    def __init__(self, pool: Pool, map_copy: MapCopy) -> None:
        self._pool = pool
        self._map = map_copy
        self._kept: Kept[tuple[Months, Effect]] = Kept()
        self.watermarks = Watermarks(pool, VOLUNTEER.log)

    async def moved(self) -> tuple[Moved, Moved]:
        """How far hours and activities have come: cheap enough to be asked again and again."""
        marks = self.watermarks
        return await marks.moved(active_people.name), await marks.moved(held_activities.name)

    async def month(
        self, territory: str, month: str | None = None, drawn_at: datetime | None = None
    ) -> Shown:
        """The hours of a month, of the present one without any; kept until one moves."""
        month = month or this_month()
        stamp = (await self.moved(), self._map.version)
        mark = await self.watermarks.of(active_people.name)

        async def make() -> tuple[Months, Effect]:
            places = self._map.below(territory, drawn_at)
            async with self._pool.acquire(timeout=10) as connection:
                of = where(self._map, territory, drawn_at)
                months = await served.read(connection, of, month)
                return months, await held.effect(connection, places, month)

        months, effect = await self._kept.get((territory, month, drawn_at), stamp, make)
        return Shown(months, effect, month, mark)

    async def explain(
        self, territory: str, month: str | None = None, after: Mark | None = None, limit: int = 50
    ) -> Because:
        """A page of the lines behind a month, under today's boundaries."""
        month = month or this_month()
        mark = await self.watermarks.of(active_people.name)
        places = self._map.below(territory)
        async with self._pool.acquire(timeout=10) as connection:
            lines = await served.behind(connection, places, month, after, limit + 1)
            took_place = await held.behind(connection, places, month, limit)
        return Because(lines[:limit], len(lines) > limit, took_place, month, mark)


def this_month() -> str:
    """The month it is in Beijing, such as `2026-05`."""
    return days.text_of(days.number_of(datetime.now(UTC)))[:7]

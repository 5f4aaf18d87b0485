"""Points by territory and month."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from services.dashboard.boards import where
from services.dashboard.kept import Kept
from services.dashboard.projections.given_points import given_points
from services.dashboard.projections.used_points import used_points
from services.dashboard.queries import pointed
from services.dashboard.queries.pointed import Months
from services.dashboard.served import this_month
from shared.contracts.points import POINTS
from shared.runtime.projections.map_copy import MapCopy
from shared.runtime.projections.watermarks import Moved, Watermark, Watermarks
from shared.store.pool import Pool


class Shown(NamedTuple):
    """The points of a month, and up to where that is true."""

    months: Months
    month: str
    watermark: Watermark


class Points:
    """What was given for deeds, and what became of it. `watermarks` speak of the points service's
    log. Raises Rejected for a territory that is not on the map."""

    def __init__(self, pool: Pool, map_copy: MapCopy) -> None:
        self._pool = pool
        self._map = map_copy
        self._kept: Kept[Months] = Kept()
        self.watermarks = Watermarks(pool, POINTS.log)

    async def moved(self) -> tuple[Moved, Moved]:
        """How far the figures have come: cheap enough to be asked again and again."""
        marks = self.watermarks
        return await marks.moved(given_points.name), await marks.moved(used_points.name)

    async def month(
        self, territory: str, month: str | None = None, drawn_at: datetime | None = None
    ) -> Shown:
        """The points of a month, of the present one without any; kept until one moves."""
        month = month or this_month()
        stamp = (await self.moved(), self._map.version)
        mark = await self.watermarks.of(given_points.name)

        async def make() -> Months:
            of = where(self._map, territory, drawn_at)
            async with self._pool.acquire(timeout=10) as connection:
                return await pointed.read(connection, of, month)

        months = await self._kept.get((territory, month, drawn_at), stamp, make)
        return Shown(months, month, mark)

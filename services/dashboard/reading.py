"""Where figures are read: from the live tables, true up to their watermark, or from tables built
for one answer, as they were known once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from services.dashboard.kept import Kept
from services.dashboard.projections.case_lives import case_lives
from services.dashboard.queries import movements
from shared.runtime.following.feed_client import FeedUnavailable
from shared.runtime.projections.building import KnownBuilder
from shared.runtime.projections.watermarks import Moved, Watermark, Watermarks
from shared.runtime.web.problems import Problem
from shared.store.pool import Connection, Pool

AGAIN = {"retry-after": "5"}


class Reading:
    """Opens the tables of the cases. Without a builder there is only the present."""

    def __init__(self, pool: Pool, watermarks: Watermarks, builder: KnownBuilder | None) -> None:
        self._pool = pool
        self._watermarks = watermarks
        self._builder = builder
        self._seen: tuple[Moved, Watermark] | None = None
        self._early: Kept[int | None] = Kept()

    async def reach(self, min_position: int) -> tuple[Watermark, Moved]:
        """The watermark of the live tables, once they have come as far, and how far they have come.
        What is parked is looked up when they have moved. Raises Problem (503) when they do not
        come that far."""
        moved = await self.moved()
        seen = self._seen
        if seen is None or seen[0] != moved:
            seen = self._seen = moved, await self._watermarks.of(case_lives.name)
        if seen[1].position < min_position:
            return await self._watermarks.reach(case_lives.name, min_position), moved
        return seen[1], moved

    async def moved(self) -> Moved:
        """How far the live tables have come: cheap enough to be asked again and again."""
        return await self._watermarks.moved(case_lives.name)

    async def early(self, moved: Moved) -> int | None:
        """The first day of the first year with anything in it, in tables that have come so far."""

        async def read() -> int | None:
            async with self.live() as connection:
                return await movements.earliest(connection)

        return await self._early.get("early", moved, read)

    @asynccontextmanager
    async def live(self) -> AsyncIterator[Connection]:
        """A connection to the live tables."""
        async with self._pool.acquire(timeout=10) as connection:
            yield connection

    @asynccontextmanager
    async def known(self, moment: datetime) -> AsyncIterator[tuple[Connection, Watermark]]:
        """A connection to the tables as they were known at a moment, built from the feed.

        Raises Problem (503) when there is no feed, Overloaded when others ask for too long.
        """
        if self._builder is None:
            detail = "this process was not told where the feed of the case service is"
            raise Problem(503, "no_feed", detail)
        try:
            async with self._builder.known(case_lives, moment) as built:
                yield built
        except FeedUnavailable as fault:
            detail = "the feed of the case service did not answer; ask again"
            raise Problem(503, "feed_unavailable", detail, headers=AGAIN) from fault

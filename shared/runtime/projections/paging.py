"""Pages of a log, decoded; the next one read while the present one is worked on."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NamedTuple

from shared.core.catalogue import Catalogue
from shared.runtime.projections import applying
from shared.runtime.projections.applying import Entry, Unreadable
from shared.store import read
from shared.store.cursors import Watermark
from shared.store.pool import Connection, Pool

# So many events are decoded before others have their turn: a few milliseconds.
TURN = 500
# While rows are written, so many pages are read and decoded.
PAGES = 2


# What is done to the events of a page before they are folded.
Opening = Callable[[Sequence[Entry]], Awaitable[Sequence[Entry]]]


class Page(NamedTuple):
    """Events in the order of the log, those that cannot be read among them, and where it ends."""

    entries: Sequence[Entry]
    mark: Watermark


async def page(
    connection: Connection, catalogue: Catalogue[Any], log: str, after: int, limit: int
) -> Page | None:
    """The next events past a position, at most `limit`; None when there are none."""
    rows = await read.quick_page(connection, log, after, limit)
    entries: list[Entry] = []
    try:
        for start in range(0, len(rows), TURN):
            entries += read.decode_quick(catalogue, rows[start : start + TURN])
            await asyncio.sleep(0)
    except Exception as fault:
        if not applying.poisonous(fault):
            raise
        rows = await read.page(connection, log, after, len(rows))
        entries = [entry(catalogue, row) for row in rows]
        return Page(entries, Watermark(rows[-1]["position"], rows[-1]["recorded_at"]))
    return Page(entries, _mark(entries[-1])) if entries else None


def entry(catalogue: Catalogue[Any], row: Any) -> Entry:
    """A row of `read.page` as an event, or as one that cannot be read."""
    try:
        return read.decode(catalogue, row)
    except Exception as fault:
        reason = applying.reason_of(fault)
        return Unreadable(row["position"], row["stream_id"], row["type"], reason)


def _mark(last: Any) -> Watermark:
    return Watermark(last.position, last.recorded_at)


@dataclass
class _Coming:
    """A page that was begun; `reading` once there was a connection to read it on."""

    after: int
    reading: bool = False


class Ahead:
    """Reads a log page by page; the next ones early, on connections of their own.

    What stands in a log never changes, so a page read early is as good as one read now. To be used
    by one caller at a time, and closed.
    """

    def __init__(
        self, pool: Pool, log: str, catalogue: Catalogue[Any], opening: Opening | None = None
    ) -> None:
        self._pool = pool
        self._log = log
        self._catalogue = catalogue
        self._opening = opening
        self._begun: deque[tuple[_Coming, asyncio.Task[Page | None]]] = deque()

    async def take(
        self, after: int, limit: int, connection: Connection | None = None
    ) -> Page | None:
        """The next events past a position, at most `limit`; None when there are none now.

        What has not been read ahead is read on `connection`: whoever holds one gives it, and so
        never waits for another. Behind a full page the next ones of that size are begun at once.
        """
        found = await self._coming(after, wait=connection is None)
        if found is None or len(found.entries) > limit:
            await self.aclose()
            found = await self._read(after, limit, connection)
        if found is not None and len(found.entries) == limit:
            self._begin(found.mark.position, limit)
        return found

    async def aclose(self) -> None:
        """Drop what was begun."""
        tasks = [task for _, task in self._begun]
        self._begun.clear()
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=10)
        for task in tasks:
            with suppress(BaseException):
                task.exception()

    def _begin(self, after: int, limit: int) -> None:
        """Positions have no holes: where a full page ends is known before it is read."""
        for number in range(len(self._begun), PAGES):
            coming = _Coming(after + number * limit)
            self._begun.append((coming, asyncio.create_task(self._read_ahead(coming, limit))))

    async def _coming(self, after: int, *, wait: bool) -> Page | None:
        if not self._begun:
            return None
        coming, task = self._begun[0]
        if coming.after != after or not (wait or coming.reading):
            return None
        self._begun.popleft()
        return await task

    async def _read_ahead(self, coming: _Coming, limit: int) -> Page | None:
        async with self._pool.acquire(timeout=10) as connection:
            coming.reading = True
            found = await page(connection, self._catalogue, self._log, coming.after, limit)
        return await self._opened(found)

    async def _read(self, after: int, limit: int, connection: Connection | None) -> Page | None:
        if connection is not None:
            found = await page(connection, self._catalogue, self._log, after, limit)
            return await self._opened(found)
        return await self._read_ahead(_Coming(after), limit)

    async def _opened(self, found: Page | None) -> Page | None:
        if found is None or self._opening is None:
            return found
        return found._replace(entries=await self._opening(found.entries))

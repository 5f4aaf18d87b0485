"""The projection runner: pages of the log into a service's read models, one decode for all.

A page, its rows and its cursors are committed together or not at all, so rows are a function of
the log: delivered twice they change nothing, and a runner that lost its place fails instead of
counting twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import aclosing, suppress
from typing import Any

import structlog

from shared.core.catalogue import Catalogue
from shared.ops import metrics
from shared.ops.undisturbed import undisturbed
from shared.runtime.projections import applying
from shared.runtime.projections.applying import Applying, Arrived
from shared.runtime.projections.folding import Model
from shared.runtime.projections.paging import Ahead, Opening, Page
from shared.store import cursors, parked, read, tables
from shared.store.cursors import CursorMoved, Watermark
from shared.store.pool import TRANSIENT, Pool

PAGE = 2_000
# Whoever is far behind writes after so many events: the rows they are about are written once.
FAR = 10_000
BUSY_PAUSE = 0.02
IDLE_PAUSE = 0.05
FAULT_PAUSE = 1.0

log = structlog.get_logger()


class Projector:
    """Keeps the read models of one log up to date; they get its events as `opening` leaves them."""

    def __init__(
        self,
        pool: Pool,
        log_name: str,
        catalogue: Catalogue[Any],
        models: Sequence[Model],
        opening: Opening | None = None,
    ) -> None:
        self._pool = pool
        self._log = log_name
        self._catalogue = catalogue
        self._models = {model.name: model for model in models}
        self._ahead = Ahead(pool, log_name, catalogue, opening)

    async def aclose(self) -> None:
        """Drop the page that was read ahead, if any."""
        await self._ahead.aclose()

    async def prepare(self) -> None:
        """Create the tables and cursors that do not exist yet."""
        async with self._pool.acquire(timeout=10) as connection, connection.transaction():
            await tables.alone(connection, self._log)
            for model in self._models.values():
                await tables.create(connection, model)
            await cursors.begin(connection, list(self._models), self._log)

    async def run(self, stop: asyncio.Event) -> None:
        """Follow the log until told to stop; a fault is logged and tried again."""
        async with aclosing(self._ahead):
            while not stop.is_set():
                try:
                    moved = await self.step()
                    pause = 0.0 if moved >= PAGE else BUSY_PAUSE if moved else IDLE_PAUSE
                except (*TRANSIENT, CursorMoved) as fault:
                    log.warning("projector.interrupted", fault=type(fault).__name__)
                    pause = FAULT_PAUSE
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), pause or 0.000_1)

    async def drain(self) -> None:
        """Step until nothing is left to read."""
        while await self.step():
            pass

    async def step(self) -> int:
        """Take the models that are furthest behind one page on, and more while they are far behind;
        how many events that were.

        Raises CursorMoved when another runner was faster, and then has written nothing.
        """
        after, names, limit = await self._behind()
        page = await self._ahead.take(after, limit)
        if page is None:
            return 0
        try:
            with undisturbed():
                mark = await self._together(names, after, page)
        except Exception as fault:
            if not applying.poisonous(fault):
                raise
            mark = await self._apart(names, after, page)
        for name in names:
            metrics.POSITION.labels(name).set(mark.position)
        return mark.position - after

    async def _behind(self) -> tuple[int, list[str], int]:
        """Where those stand that are furthest behind, who they are, how far it is to the next."""
        async with self._pool.acquire(timeout=10) as connection:
            standing = await cursors.read(connection, list(self._models), self._log)
            head = await read.head(connection, self._log)
        for name, mark in standing.items():
            metrics.LAG.labels(name).set(head - mark.position)
        after = min(mark.position for mark in standing.values())
        names = sorted(name for name, mark in standing.items() if mark.position == after)
        ahead = [mark.position for mark in standing.values() if mark.position > after]
        return after, names, min([PAGE, *(position - after for position in ahead)])

    async def _together(self, names: Sequence[str], after: int, page: Page) -> Watermark:
        """This page, and those behind it while they are full, in one transaction."""
        async with self._pool.acquire(timeout=10) as connection, connection.transaction():
            mark, following = Watermark(after, None), page
            await cursors.move(connection, names, self._log, (after, page.mark))
            parking = await parked.any_of(connection, names, self._log)
            takings = [
                Applying(connection, self._models[name], self._log, parking=name in parking)
                for name in names
            ]
            while True:
                arrived = Arrived(following.entries)
                for taking in takings:
                    await taking.take(arrived)
                mark = following.mark
                if len(following.entries) < PAGE or mark.position - after >= FAR:
                    break
                found = await self._ahead.take(mark.position, PAGE, connection)
                if found is None:
                    break
                following = found
                await cursors.move(connection, names, self._log, (mark.position, following.mark))
            for taking in takings:
                await taking.write()
        return mark

    async def _apart(self, names: Sequence[str], after: int, page: Page) -> Watermark:
        """This page alone, in parts: one of its events cannot be taken by one of the models."""
        async with self._pool.acquire(timeout=10) as connection, connection.transaction():
            await cursors.move(connection, names, self._log, (after, page.mark))
            for name in names:
                model = self._models[name]
                await applying.apply_apart(connection, model, self._log, page.entries)
        return page.mark

"""The projection runner: pages of the log into a service's read models, one decode for all.

A page, its rows and its cursors are committed together or not at all, so rows are a function of
the log: delivered twice they change nothing, and a runner that lost its place fails instead of
counting twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing, suppress
from typing import Any

import structlog

from shared.core.catalogue import Catalogue
from shared.ops import metrics
from shared.runtime import applying
from shared.runtime.applying import Entry
from shared.runtime.folding import Model
from shared.runtime.paging import Ahead
from shared.store import cursors, read, tables
from shared.store.cursors import CursorMoved
from shared.store.pool import TRANSIENT, Connection, Pool

PAGE = 2_000
BUSY_PAUSE = 0.005
IDLE_PAUSE = 0.05
FAULT_PAUSE = 1.0

Apply = Callable[[Connection, Model, str, Sequence[Entry]], Awaitable[None]]

log = structlog.get_logger()


class Projector:
    """Keeps the read models of one log up to date."""

    def __init__(
        self, pool: Pool, log_name: str, catalogue: Catalogue[Any], models: Sequence[Model]
    ) -> None:
        self._pool = pool
        self._log = log_name
        self._catalogue = catalogue
        self._models = {model.name: model for model in models}
        self._ahead = Ahead(pool, log_name, catalogue)

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
        """Take the models that are furthest behind one page on; how many events it held.

        Raises CursorMoved when another runner was faster, and then has written nothing.
        """
        try:
            return await self._step(applying.apply)
        except Exception as fault:
            if not applying.poisonous(fault):
                raise
            return await self._step(applying.apply_one_by_one)

    async def _step(self, apply: Apply) -> int:
        async with self._pool.acquire(timeout=10) as connection:
            standing = await cursors.read(connection, list(self._models), self._log)
        after = min(mark.position for mark in standing.values())
        names = sorted(name for name, mark in standing.items() if mark.position == after)
        ahead = [mark.position for mark in standing.values() if mark.position > after]
        limit = min([PAGE, *(position - after for position in ahead)])
        page = await self._ahead.take(after, limit)
        if page is None:
            return 0
        async with self._pool.acquire(timeout=10) as connection, connection.transaction():
            await cursors.move(connection, names, self._log, (after, page.mark))
            for name in names:
                await apply(connection, self._models[name], self._log, page.entries)
            left = await read.head(connection, self._log) - page.mark.position
        for name in names:
            metrics.LAG.labels(name).set(left)
            metrics.POSITION.labels(name).set(page.mark.position)
        return len(page.entries)

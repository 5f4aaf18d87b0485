"""Rebuild a read model beside the live one, compare, flip. Readers never see an empty table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, aclosing, nullcontext
from dataclasses import dataclass
from typing import Any

import structlog

from shared.ops.undisturbed import undisturbed
from shared.runtime.projections import applying, folding
from shared.runtime.projections.applying import Entry
from shared.runtime.projections.gathering import Gathering, Parking
from shared.runtime.projections.origins import PAGE, Mark, Origin, Step, left
from shared.store import beside, parked
from shared.store.pool import Connection

# The live runner may be catching up itself: it is followed so often before it is held.
CHASES = 10

log = structlog.get_logger()


class Different(Exception):
    """The rebuilt tables differ from the live ones; `rows` says in how many rows."""

    def __init__(self, rows: int) -> None:
        super().__init__(rows)
        self.rows = rows


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuild came to: events read, rows that differed before the flip."""

    events: int
    differences: int


@dataclass(frozen=True)
class Rebuild:
    """Builds a read model anew from its origin; `progress` is told each position reached."""

    origin: Origin
    progress: Callable[[int], None] = lambda _: None

    async def run(self, *, accept: bool = False) -> Rebuilt:
        """Build, compare at the same place, flip; the old tables are kept in `read_old`.

        The live runner waits only for the last page and the comparison. What the build cannot take
        is parked, in place of what the live model had parked. Raises Different unless `accept`,
        beside.InUse when readers never let go of the tables, and what the origin raises; then the
        live tables stay.
        """
        async with self.origin.pool.acquire(timeout=10) as connection:
            build = await self._built(connection, await self.origin.live(connection))
            await build.chase()
            async with connection.transaction():
                await build.follow(await self.origin.live(connection, hold=True))
                differences = await beside.differences(connection, self.origin.model)
                if differences and not accept:
                    raise Different(differences)
                await build.flip()
        return Rebuilt(build.events, differences)

    async def replace(self, connection: Connection, until: Mark) -> None:
        """Build up to there and flip, whatever the live tables hold, in the caller's transaction,
        which holds the live runner. Raises beside.InUse, and what the origin raises."""
        build = await self._built(connection, until)
        await build.flip()

    async def _built(self, connection: Connection, until: Mark) -> _Build:
        build = _Build(self, connection)
        try:
            async with _apart(connection):
                await build.gather(until)
        except Exception as fault:
            if not applying.poisonous(fault):
                raise
            # A row that cannot be written does not say which event made it so.
            log.warning(
                "rebuild.page_by_page", model=self.origin.model.name, fault=type(fault).__name__
            )
            build = _Build(self, connection)
            await build.begin()
            await build.follow(until)
        return build


def _apart(connection: Connection) -> AbstractAsyncContextManager[Any]:
    """Within a transaction one of its own, that can fail alone."""
    return connection.transaction() if connection.is_in_transaction() else nullcontext()


class _Build:
    """The tables beside the live ones: up to where they are built, and what is parked."""

    def __init__(self, rebuild: Rebuild, connection: Connection) -> None:
        self._origin = rebuild.origin
        self._model = rebuild.origin.model
        self._progress = rebuild.progress
        self._connection = connection
        self._parking = Parking()
        self._mark: Mark = {}
        self.events = 0

    async def chase(self) -> None:
        """Follow the live model until what is left is a page, or it has been as fast too often."""
        for _ in range(CHASES):
            live = await self._origin.live(self._connection)
            if left(self._mark, live) <= PAGE:
                return
            await self.follow(live)

    async def begin(self) -> None:
        """Empty tables with their indexes."""
        await beside.begin(self._connection, self._model)

    async def gather(self, until: Mark) -> None:
        """The tables from nothing: folded in memory, written by COPY, indexes last."""
        await beside.begin(self._connection, self._model, bare=True)
        gathering = Gathering(self._connection, self._model, beside.NEXT, self._parking)
        with undisturbed():
            async with aclosing(self._origin.steps(self._mark, until)) as steps:
                async for step in steps:
                    await gathering.take(step.entries)
                    self._reached(step)
            await gathering.finish()

    async def follow(self, until: Mark) -> None:
        """Further events, page by page, up to there."""
        async with aclosing(self._origin.steps(self._mark, until)) as steps:
            async for step in steps:
                await self._take(step.entries)
                self._reached(step)

    async def flip(self) -> None:
        """Put the built tables, and what is parked with them, in the place of the live ones."""
        name, source = self._model.name, self._origin.source
        await beside.flip(self._connection, self._model)
        await parked.forget(self._connection, name, source)
        await applying.park(self._connection, name, source, self._parking.waiting)

    async def _take(self, entries: Sequence[Entry]) -> None:
        ready, waiting = self._parking.sort_out(entries)
        try:
            async with self._connection.transaction():
                await folding.apply(self._connection, self._model, ready, beside.NEXT)
        except Exception as fault:
            if not applying.poisonous(fault):
                raise
            if len(entries) == 1:
                self._parking.park(entries[0], fault)
                return
            middle = len(entries) // 2
            await self._take(entries[:middle])
            await self._take(entries[middle:])
            return
        for entry in waiting:
            self._parking.park(entry)

    def _reached(self, step: Step) -> None:
        self._mark = step.mark
        self.events += len(step.entries)
        self._progress(min(step.mark.values()))

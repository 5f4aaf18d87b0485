"""One read model of a service's own log, as its operator handles it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from shared.core.catalogue import Catalogue
from shared.runtime.projections import applying, paging
from shared.runtime.projections.applying import Entry
from shared.runtime.projections.folding import Model
from shared.runtime.projections.origins import PAGE, Mark, Step
from shared.runtime.projections.paging import Ahead, Opening
from shared.runtime.projections.rebuilding import Rebuild, Rebuilt
from shared.store import beside, cursors, read
from shared.store.pool import Connection, Pool

ONLY = 0


@dataclass(frozen=True)
class LogFed:
    """A subscription of `model` to the service's own log; it gets its events as `opening` leaves
    them."""

    pool: Pool
    source: str
    catalogue: Catalogue[Any]
    model: Model
    opening: Opening | None = None

    async def replay(self, stream_id: UUID) -> int:
        """Take the parked events of a stream again; how many of them still wait."""
        async with self.pool.acquire(timeout=10) as connection, connection.transaction():
            await beside.hold(connection, self.model, self.source)
            rows = await read.stream(connection, stream_id)
            events: Sequence[Entry] = [paging.entry(self.catalogue, row) for row in rows]
            if self.opening is not None:
                events = await self.opening(events)
            entries = {one.position: one for one in events}
            return await applying.replay(connection, self.model, self.source, stream_id, entries)

    async def rebuild(
        self, *, accept: bool = False, progress: Callable[[int], None] = lambda _: None
    ) -> Rebuilt:
        """Build it anew from the log. Raises as `Rebuild.run` does."""
        return await Rebuild(self, progress).run(accept=accept)

    async def origin(self) -> LogFed:
        """See ReadModelOf."""
        return self

    async def live(self, connection: Connection, *, hold: bool = False) -> Mark:
        """See Origin."""
        if hold:
            return {ONLY: await beside.hold(connection, self.model, self.source)}
        name = self.model.name
        return {ONLY: (await cursors.read(connection, [name], self.source))[name].position}

    async def steps(self, after: Mark, until: Mark) -> AsyncGenerator[Step, None]:
        """See Origin; each next page is read while the present one is worked on."""
        position, last = after.get(ONLY, 0), until[ONLY]
        about = (self.pool, self.source, self.catalogue, self.opening)
        async with aclosing(Ahead(*about)) as ahead:
            while position < last:
                page = await ahead.take(position, min(PAGE, last - position))
                if page is None:
                    return
                position = page.mark.position
                yield Step(page.entries, {ONLY: position})

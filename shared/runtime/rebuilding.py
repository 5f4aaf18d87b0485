"""Rebuild a read model beside the live one, compare, flip. Readers never see an empty table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from shared.core.catalogue import Catalogue
from shared.runtime import folding
from shared.runtime.folding import Model
from shared.store import beside, cursors, read
from shared.store.pool import Connection, Pool

PAGE = 5_000


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
    """Builds `model` anew from the log; `progress` is told each position reached."""

    pool: Pool
    log: str
    catalogue: Catalogue[Any]
    model: Model
    progress: Callable[[int], None] = lambda _: None

    async def run(self, *, accept: bool = False) -> Rebuilt:
        """Build, compare at the same position, flip; the old tables are kept in `read_old`.

        The live runner waits only for the last pages and the comparison. Raises Different unless
        `accept`, and then the live tables stay.
        """
        name = self.model.name
        async with self.pool.acquire(timeout=10) as connection:
            await beside.begin(connection, self.model)
            mark = (await cursors.read(connection, [name], self.log))[name]
            position = await self._build(connection, 0, mark.position)
            async with connection.transaction():
                live = await beside.hold(connection, self.model, self.log)
                position = await self._build(connection, position, live)
                differences = await beside.differences(connection, self.model)
                if differences and not accept:
                    raise Different(differences)
                await beside.flip(connection, self.model)
        return Rebuilt(position, differences)

    async def _build(self, connection: Connection, after: int, until: int) -> int:
        while after < until:
            rows = await read.page(connection, self.log, after, min(PAGE, until - after))
            events = [read.decode(self.catalogue, row) for row in rows]
            await folding.apply(connection, self.model, events, beside.NEXT)
            after = events[-1].position
            self.progress(after)
        return after

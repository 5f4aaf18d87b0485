"""Rebuild a read model beside the live one, compare, flip. Readers never see an empty table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from shared.core.catalogue import Catalogue
from shared.runtime import folding
from shared.runtime.folding import Model
from shared.store import cursors, read, tables
from shared.store.pool import Connection, Pool

PAGE = 5_000
NEXT, OLD = "read_next", "read_old"
HOLD = """
select position from cursor where subscription = $1 and log = $2 for update
"""
# Rows that one side has and the other has not, whatever their order.
DIFFERENT = """
select count(*) from (
    (select * from {live} except all select * from {built})
    union all
    (select * from {built} except all select * from {live})
) d
"""


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
        async with self.pool.acquire(timeout=10) as connection:
            await self._clear(connection, NEXT)
            await tables.create(connection, self.model, NEXT)
            mark = (await cursors.read(connection, [self.model.name], self.log))[self.model.name]
            position = await self._build(connection, 0, mark.position)
            async with connection.transaction():
                await tables.alone(connection, self.log)
                live = await connection.fetchval(HOLD, self.model.name, self.log)
                position = await self._build(connection, position, live)
                differences = await self._compare(connection)
                if differences and not accept:
                    raise Different(differences)
                await self._flip(connection)
        return Rebuilt(position, differences)

    async def _build(self, connection: Connection, after: int, until: int) -> int:
        while after < until:
            rows = await read.page(connection, self.log, after, min(PAGE, until - after))
            events = [read.decode(self.catalogue, row) for row in rows]
            await folding.apply(connection, self.model, events, NEXT)
            after = events[-1].position
            self.progress(after)
        return after

    async def _compare(self, connection: Connection) -> int:
        different = 0
        for name in self._names():
            statement = DIFFERENT.format(live=f"{tables.LIVE}.{name}", built=f"{NEXT}.{name}")
            different += await connection.fetchval(statement)
        return different

    async def _flip(self, connection: Connection) -> None:
        await self._clear(connection, OLD)
        for name in self._names():
            await connection.execute(f"alter table {tables.LIVE}.{name} set schema {OLD}")
            await connection.execute(f"alter table {NEXT}.{name} set schema {tables.LIVE}")

    async def _clear(self, connection: Connection, schema: str) -> None:
        for name in self._names():
            await connection.execute(f"drop table if exists {schema}.{name}")

    def _names(self) -> list[str]:
        tally = self.model.tally
        return [self.model.name, *([tally.name] if tally else [])]

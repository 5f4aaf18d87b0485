"""The map as this process knows it: read from the service's own copy, kept in memory.

A map of a large district is some thousand territories, so each process holds all of it and reads
only what is new: one short query, at most every FRESH seconds unless someone must see their own
change.
"""

from __future__ import annotations

from datetime import UTC, datetime
from time import monotonic

from shared.contracts.map_history import Told, drawn, map_history
from shared.contracts.territory import TERRITORY
from shared.core.atlas.atlas import Atlas
from shared.core.atlas.boundaries import Boundaries
from shared.core.messages import Rejected
from shared.runtime.projections.watermarks import Watermark, Watermarks
from shared.store import map_history as stored
from shared.store.pool import Pool

FRESH = 0.5


class MapCopy:
    """The map, with the watermark up to which it is true."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._marks = Watermarks(pool, TERRITORY.log)
        self._atlas = Atlas()
        self._version = 0
        self._read = -FRESH

    @property
    def atlas(self) -> Atlas:
        """The map as it was last read."""
        return self._atlas

    async def fresh(self) -> Atlas:
        """The map, read again where that was more than FRESH seconds ago."""
        if monotonic() - self._read >= FRESH:
            await self.read()
        return self._atlas

    async def read(self) -> Atlas:
        """The map with all that the copy holds now."""
        began = monotonic()
        async with self._pool.acquire(timeout=10) as connection:
            rows = await stored.further(connection, self._version)
        if rows and rows[-1]["version"] > self._version:
            # another task may have read them too, meanwhile
            new = [row for row in rows if row["version"] > self._version]
            self._atlas = drawn(self._atlas, (Told(*tuple(row)[:4]) for row in new))
            self._version = rows[-1]["version"]
        self._read = began
        return self._atlas

    async def reach(self, position: int) -> Watermark:
        """Its watermark once the copy holds this position of the territory log; the map is read
        as of then. Raises Problem (503)."""
        mark = await self._marks.reach(map_history.name, position)
        await (self.read() if position else self.fresh())
        return mark

    async def known(self, code: str, *, field: str = "territory") -> str:
        """The code of a territory that is on the map now. Raises Rejected."""
        found = (await self.fresh()).get(code) or (await self.read()).get(code)
        if found is None:
            raise Rejected("unknown_territory", f"no territory {code!r} on the map", field)
        if found.until is not None:
            became = ", ".join(found.into) or "nothing"
            raise Rejected("former_territory", f"{code} became {became}; name that", field)
        return code

    def within(self, code: str, root: str) -> bool:
        """Whether one lies in the other, by the map as it was last read, under the boundaries of
        today."""
        return self.boundaries().within(code, root)

    def boundaries(self, moment: datetime | None = None) -> Boundaries:
        """The map as of a moment; of now without one."""
        return Boundaries(self._atlas, moment or datetime.now(UTC))

"""The map as this process knows it: read from the service's own copy, kept in memory.

A map of a large district is some thousand territories, so each process holds all of it and reads
only what is new: one short query, at most every FRESH seconds unless someone must see their own
change.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from time import monotonic

from shared.contracts.map_history import Told, drawn, map_history
from shared.contracts.territory import TERRITORY
from shared.core.atlas.atlas import Atlas
from shared.core.atlas.boundaries import Boundaries
from shared.core.births import FIRST
from shared.core.messages import Rejected
from shared.runtime.projections.watermarks import Watermark, Watermarks
from shared.store import crossings
from shared.store import map_history as stored
from shared.store.pool import Pool

FRESH = 0.5
Places = list[str] | None
Parts = Mapping[str, str]


class MapCopy:
    """The map, with the watermark up to which it is true."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._marks = Watermarks(pool, TERRITORY.log)
        self._atlas = Atlas()
        self._version = 0
        self._epoch = FIRST
        self._read = -FRESH
        self._today: tuple[float, Boundaries] = (-FRESH, Boundaries(self._atlas, datetime.now(UTC)))

    @property
    def atlas(self) -> Atlas:
        """The map as it was last read."""
        return self._atlas

    @property
    def version(self) -> int:
        """How many events of the map that is."""
        return self._version

    async def fresh(self) -> Atlas:
        """The map, read again where that was more than FRESH seconds ago, or it was empty."""
        if not self._atlas.district or monotonic() - self._read >= FRESH:
            await self.read()
        return self._atlas

    async def read(self) -> Atlas:
        """The map with all that the copy holds now; drawn anew where the copy may have been."""
        began = monotonic()
        async with self._pool.acquire(timeout=10) as connection:
            epoch = await crossings.latest(connection, map_history.name, TERRITORY.log)
            known = self._version if epoch == self._epoch else 0
            rows = await stored.further(connection, known)
        if epoch > self._epoch:
            self._atlas, self._version, self._epoch = Atlas(), 0, epoch
        if rows and epoch == self._epoch and rows[-1]["version"] > self._version:
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

    async def follow(self, position: int) -> None:
        """Return when the copy holds this position, however long that takes, with the map read as
        of then. Raises StandsStill when nobody keeps it."""
        await self._marks.follow([map_history.name], position)
        await self.read()

    async def known(
        self, code: str, at: datetime | None = None, *, field: str = "territory"
    ) -> str:
        """The code of a territory that is on the map now, or was at `at`. Raises Rejected."""
        found = (await self.fresh()).get(code) or (await self.read()).get(code)
        if found is None:
            raise Rejected("unknown_territory", f"no territory {code!r} on the map", field)
        if found.until is not None and (at is None or at >= found.until):
            became = ", ".join(found.into) or "nothing"
            raise Rejected("former_territory", f"{code} became {became}; name that", field)
        return code

    def below(self, root: str | None, drawn: datetime | None = None) -> Places:
        """The codes of every territory, of any time, whose records belong to `root` under the
        boundaries of a moment, of today without one; None, which is all, for the whole district
        and for no `root`. Raises Rejected for a root that was not on the map then."""
        if root is None or root == self._atlas.district:
            return None
        boundaries, found = self.boundaries(drawn), self._atlas.get(root)
        if found is None:
            raise Rejected("unknown_territory", f"no territory {root!r} on the map", "territory")
        if not found.exists(boundaries.moment):
            shown = boundaries.shown(root).code
            detail = f"{root} was not on the map then; its records are shown under {shown}"
            raise Rejected("not_on_the_map_then", detail, "territory")
        return boundaries.below(root)

    def parts(self, root: str | None, drawn: datetime | None = None) -> tuple[Parts, bool]:
        """Of every territory whose records belong to `root`, which of the territories directly
        in `root` they belong to, or `root` itself; and whether that is the whole district."""
        codes = self.below(root, drawn)
        top = root or self._atlas.district
        whole = codes is None
        boundaries = self.boundaries(drawn)
        inside = self._atlas.territories if codes is None else codes
        return {code: boundaries.part(code, top) for code in inside}, whole

    def within(self, code: str, root: str) -> bool:
        """Whether one lies in the other, by the map as it was last read, under the boundaries of
        today. What was found is remembered for FRESH seconds: every command asks this."""
        drawn, today = self._today
        now = monotonic()
        if today.atlas is not self._atlas or now - drawn >= FRESH:
            today = self.boundaries()
            self._today = now, today
        return today.within(code, root)

    def boundaries(self, moment: datetime | None = None) -> Boundaries:
        """The map as of a moment; of now without one."""
        return Boundaries(self._atlas, moment or datetime.now(UTC))

"""Households of a part of the map on any day: pages of them, how many there are, of what area."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from services.territory.projections.households import HouseholdRow
from shared.store.pool import Pool

COLUMNS = "household_id, building, door, area_dm2, occupied, since, until, changed, past"
IN_BUILDINGS = "building = any($1::text[])"
ANYWHERE = "$1::text[] is null"
PAGE = f"""
select {COLUMNS} from households
where {{where}} and since < $2 and (until is null or until >= $2) and (building, door) > ($3, $4)
order by building, door limit $5
"""
SUMS = """
select coalesce(sum(households), 0)::bigint, coalesce(sum(area_dm2), 0)::bigint
from household_days where {where} and day <= $2
"""
FEW = 8  # buildings: a page of 100 is of two or three
ONE = f"select {COLUMNS} from households where household_id = $1"


class Sums(NamedTuple):
    """How many households, and their floor area in square decimetres."""

    households: int
    area_dm2: int


@dataclass(frozen=True, kw_only=True)
class Part:
    """The households of these buildings, None for all, at the end of a day: `day` in Beijing, which
    ends at `ends`. `after` is the building and door at which the page before ended."""

    buildings: Sequence[str] | None
    day: str
    ends: datetime
    after: tuple[str, str] = ("", "")


class Households:
    """Reads of the read model `households`."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def page(self, part: Part, limit: int) -> list[HouseholdRow]:
        """The next of them by building and door. Of one that was closed and came back later,
        whether it was there on that day is for `standing` to say."""
        statement = PAGE.format(where=_where(part.buildings))
        rows: list[HouseholdRow] = []
        async with self._pool.acquire(timeout=10) as connection:
            for buildings in _slices(part):
                about = (buildings, part.ends, *part.after, limit - len(rows))
                rows += [HouseholdRow(*row) for row in await connection.fetch(statement, *about)]
                if len(rows) == limit:
                    break
        return rows

    async def sums(self, part: Part) -> Sums:
        """Number and area of all of them, whichever page is asked for."""
        statement = SUMS.format(where=_where(part.buildings))
        async with self._pool.acquire(timeout=10) as connection:
            row = await connection.fetchrow(statement, part.buildings, part.day)
        assert row is not None
        return Sums(*row)

    async def one(self, household_id: UUID) -> HouseholdRow | None:
        """The household of this id as it is now."""
        async with self._pool.acquire(timeout=10) as connection:
            row = await connection.fetchrow(ONE, household_id)
        return HouseholdRow(*row) if row is not None else None


def _slices(part: Part) -> Iterator[Sequence[str] | None]:
    """The buildings that may be on the page, the next few first, then more and more: most pages
    are of a few of the many buildings that a street has."""
    if part.buildings is None:
        yield None
        return
    start, size = bisect_left(part.buildings, part.after[0]), FEW
    while start < len(part.buildings):
        yield part.buildings[start : start + size]
        start, size = start + size, size * 2


def _where(buildings: Sequence[str] | None) -> str:
    return ANYWHERE if buildings is None else IN_BUILDINGS

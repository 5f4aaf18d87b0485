"""What is outstanding, by place and the month it came in; and when it ends."""

from __future__ import annotations

from typing import Any, NamedTuple

from shared.runtime.projections.map_copy import Places
from shared.store.pool import Pool

# What ended the day before is not outstanding, though no sweep was there yet; what goes on is.
STANDING = """
select territory, month, sum(accounts)::bigint as accounts, sum(held)::bigint as held,
       sum(debt)::bigint as debt,
       coalesce(sum(free) filter (where ends_on = '' or ends_on >= $2 or goes_on >= $2), 0)::bigint
           as free
from points_outstanding where $1::text[] is null or territory = any($1) group by territory, month
"""
ENDINGS = """
select left(greatest(ends_on, goes_on), 7) as month, sum(free)::bigint as points
from points_outstanding
where ($1::text[] is null or territory = any($1)) and (ends_on = '' or ends_on >= $2
      or goes_on >= $2)
group by 1 having sum(free) <> 0 order by 1
"""


class Stood(NamedTuple):
    """Sums by place and month, and by the month of their end, `""` for what never ends; all of one
    moment."""

    sums: list[Any]
    endings: list[Any]


async def read(pool: Pool, places: Places, day: str) -> Stood:
    """What is outstanding in these places, or in all, at the beginning of this day."""
    async with (
        pool.acquire(timeout=10) as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        sums = await connection.fetch(STANDING, places, day)
        return Stood(sums, await connection.fetch(ENDINGS, places, day))

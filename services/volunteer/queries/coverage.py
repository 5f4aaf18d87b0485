"""How many who need care were visited, and when last: never who."""

from __future__ import annotations

from typing import Any

from shared.runtime.projections.map_copy import Places
from shared.store.pool import Pool

# Whoever was visited counts once, by their last visit.
VISITED = """
select care, count(*)::bigint as ever, sum(visits)::bigint as visits, max(last_day) as last_day,
       count(*) filter (where last_day >= $2)::bigint as in_30,
       count(*) filter (where last_day >= $3)::bigint as in_90
from (
    select care, beneficiary, max(day) as last_day, count(*) as visits
    from beneficiary_coverage
    where counts and ($1::text[] is null or territory = any($1::text[]))
    group by care, beneficiary) each_one
group by care
"""


class Coverage:
    """Reads of visits in figures."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def visited(self, places: Places, days: tuple[str, str]) -> dict[str, Any]:
        """A line a care class: how many people were visited since each of two days, ever, how often
        in all, when last."""
        async with self._pool.acquire(timeout=10) as connection:
            rows = await connection.fetch(VISITED, places, *days)
        return {row["care"]: dict(row) for row in rows}

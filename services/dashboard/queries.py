"""What the dashboard shows: sums over the tallies of its own read models, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from shared.store.pool import Pool

By = Literal["day", "territory"]

# $6 is 0, or the number of steps of a territory's path by which to group; a shorter path is whole.
CASES = """
select case when $6 = 0 then day end as day,
       case when $6 > 0 then array_to_string((string_to_array(territory, '/'))[:$6], '/') end
           as territory,
       status, sum(cases)::bigint as cases
from case_day_count
where ($1::text = '' or territory = $1 or territory ^@ $2)
  and ($3::text is null or day >= $3) and ($4::text is null or day <= $4)
  and ($5::text is null or status = $5)
group by 1, 2, 3
order by 1, 2, 3
"""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which cases: of a subtree ("" for all), filed from `first` to `last` (`2026-05-01`), both
    included, in one state or in all; grouped by day, or by what lies one level below."""

    by: By = "day"
    territory: str = ""
    first: str | None = None
    last: str | None = None
    status: str | None = None

    @property
    def steps(self) -> int:
        """How many steps of a path to group by; 0 for none."""
        if self.by == "day":
            return 0
        return self.territory.count("/") + 2 if self.territory else 1


class Queries:
    """Sums of cases, as they are now."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def cases(self, asked: Asked) -> list[dict[str, Any]]:
        """How many cases there are of each group and state, in that order; none of 0.

        A line has a `day` or a `territory`. What was filed at the asked territory itself, and not
        below it, is under its own name.
        """
        about = (asked.territory, f"{asked.territory}/", asked.first, asked.last, asked.status)
        async with self._pool.acquire(timeout=10) as connection:
            rows = await connection.fetch(CASES, *about, asked.steps)
        return [dict(row) for row in rows]

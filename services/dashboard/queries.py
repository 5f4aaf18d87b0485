"""What the dashboard shows: sums over the tallies of its own read models, nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from shared.store.pool import Pool

By = Literal["day", "territory"]

BY_DAY = """
select day, null as territory, status, sum(cases)::bigint as cases
from case_day_count
where ($1::text[] is null or territory = any($1))
  and ($2::text is null or day >= $2) and ($3::text is null or day <= $3)
  and ($4::text is null or status = $4)
group by day, status
order by day, status
"""
# Of the whole district also what is not on the map, because that has not come so far: each its own.
BY_TERRITORY = """
select null as day, coalesce(part.root, territory) as territory, status,
       sum(cases)::bigint as cases
from unnest($1::text[], $2::text[]) part(code, root)
{join} join case_day_count on territory = part.code
where {which}
  and ($3::text is null or day >= $3) and ($4::text is null or day <= $4)
  and ($5::text is null or status = $5)
group by coalesce(part.root, territory), status
order by coalesce(part.root, territory), status
"""

WHOLE = {"join": "right", "which": "true"}
PART = {"join": "inner", "which": "territory = any($1)"}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which cases: filed from `first` to `last` (`2026-05-01`), both included, in one state or in
    all. `parts` says of each territory in which part of what is asked for it lies; `whole` that
    the whole district is asked for."""

    by: By = "day"
    parts: Mapping[str, str]
    whole: bool = True
    first: str | None = None
    last: str | None = None
    status: str | None = None


class Queries:
    """Sums of cases, as they are now."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def cases(self, asked: Asked) -> list[dict[str, Any]]:
        """How many cases there are of each group and state, in that order; none of 0.

        A line has a `day` or a `territory`. What was filed at the asked territory itself, and not
        below it, is under its own code.
        """
        about = (asked.first, asked.last, asked.status)
        codes = list(asked.parts)
        async with self._pool.acquire(timeout=10) as connection:
            if asked.by == "day":
                rows = await connection.fetch(BY_DAY, None if asked.whole else codes, *about)
            else:
                statement = BY_TERRITORY.format(**(WHOLE if asked.whole else PART))
                roots = list(asked.parts.values())
                rows = await connection.fetch(statement, codes, roots, *about)
        return [dict(row) for row in rows]

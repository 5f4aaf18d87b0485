"""What orders add up to, by unit or by community; and whom to call back next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.grievance.measures.book import COUNTED
from shared.runtime.projections.map_copy import Places
from shared.store.pool import Pool

SUMS = ", ".join(f"sum({name})::bigint as {name}" for name in COUNTED)
BY_UNIT = f"""
select unit as code, {SUMS} from score_count
where month = $1 and ($2::text[] is null or territory = any($2))
  and ($3::text is null or unit = $3)
group by unit order by unit
"""
# Which territory belongs to which community is told with the question: boundaries change.
BY_PART = f"""
select part as code, {SUMS} from score_count
join unnest($4::text[], $5::text[]) as m (place, part) on territory = place
where month = $1 and ($2::text[] is null or territory = any($2))
  and ($3::text is null or unit = $3)
group by part order by part
"""
WAITING = """
select case_id, number, territory, unit from unit_scores
where to_call = $1 and ($2::text[] is null or territory = any($2))
  and ($3::text is null or not (handlers::jsonb ? $3 or unit = $3))
order by draw limit $4
"""
LEFT = """
select count(*) from unit_scores
where to_call = $1 and ($2::text[] is null or territory = any($2))
  and ($3::text is null or not (handlers::jsonb ? $3 or unit = $3))
"""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Of which month, which places, which unit or of all."""

    month: str
    places: Places = None
    unit: str | None = None


class Scores:
    """Reads of what orders add up to."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def by_unit(self, asked: Asked) -> list[dict[str, Any]]:
        """What is counted, a line a unit."""
        return await self._lines(BY_UNIT, asked)

    async def by_part(self, asked: Asked, parts: Mapping[str, str]) -> list[dict[str, Any]]:
        """What is counted, a line for each of the `parts` that territories belong to."""
        return await self._lines(BY_PART, asked, list(parts), list(parts.values()))

    async def waiting(
        self, asked: Asked, never: str | None, limit: int
    ) -> tuple[int, Sequence[Any]]:
        """Of how many cases one may call the petitioner now, and the first of them as they are
        drawn; none on which the unit `never` worked."""
        about = (asked.month, asked.places, never)
        async with self._pool.acquire(timeout=10) as connection:
            left = await connection.fetchval(LEFT, *about)
            return int(left), await connection.fetch(WAITING, *about, limit)

    async def _lines(self, statement: str, asked: Asked, *parts: object) -> list[dict[str, Any]]:
        about = (asked.month, asked.places, asked.unit, *parts)
        async with self._pool.acquire(timeout=10) as connection:
            return [dict(row) for row in await connection.fetch(statement, *about)]


def whole(lines: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """What all lines add up to."""
    return {name: sum(int(line[name]) for line in lines) for name in COUNTED}

"""Whistles page by page, and what counts for each unit that was called or came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from shared.runtime.projections.map_copy import Places
from shared.store.conditions import Conditions, ask
from shared.store.pool import Pool

LIST = """
select w.*, t.called, t.came, t.next_due
from whistles w cross join lateral (
    select count(*) filter (where called_at is not null) as called,
           count(*) filter (where coalesce(came, came_at is not null)) as came,
           min(awaited) as next_due
    from whistle_turnout where whistle_id = w.whistle_id
) t
where {conditions} order by number desc limit {limit}
"""
CALLED = "exists (select from whistle_turnout c where c.whistle_id = w.whistle_id and c.unit = {})"
TURNOUT = """
select unit, sum(called)::bigint as called, sum(in_time)::bigint as in_time,
       sum(late)::bigint as late, sum(absent)::bigint as absent,
       sum(unasked)::bigint as unasked, sum(results)::bigint as results
from turnout_count
where ($1::text[] is null or territory = any($1)) and ($2::text is null or unit = $2)
  and ($3::text is null or day >= $3) and ($4::text is null or day <= $4)
group by unit order by called desc, unit
"""


@dataclass(frozen=True, kw_only=True)
class Sought:
    """Which whistles: of these places or of all, open or not, to which this unit was called or
    came; before this number."""

    places: Places = None
    is_open: bool | None = None
    unit: str | None = None
    before: int | None = None


@dataclass(frozen=True, kw_only=True)
class Attended:
    """Whose turnout: of these places or of all, of one unit or of all, on these days, both in."""

    places: Places = None
    unit: str | None = None
    first: str | None = None
    last: str | None = None


class Whistles:
    """Reads of whistles and of who came."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def page(self, sought: Sought, limit: int) -> list[Any]:
        """So many of them, the latest first."""
        where = Conditions()
        where.given("w.territory = any({})", sought.places)
        where.given("(w.ended_at is null) = {}", sought.is_open)
        where.given(CALLED, sought.unit)
        where.given("w.number < {}", sought.before)
        statement = LIST.format(limit=where.mark(limit), conditions=where)
        return await ask(self._pool, statement, where.values)

    async def turnout(self, attended: Attended) -> list[dict[str, Any]]:
        """A line a unit, the one called most often first."""
        about = (attended.places, attended.unit, attended.first, attended.last)
        async with self._pool.acquire(timeout=10) as connection:
            return [dict(row) for row in await connection.fetch(TURNOUT, *about)]

"""Facilities as of a moment, their functions, visits and assets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.store.pool import Pool

FACILITIES = """
select f.code, f.kind, f.name, f.territory, f.planned_at, f.opened_at, f.closed_at,
       case when f.closed_at <= $1 then 'closed' when f.opened_at <= $1 then 'open'
            else 'planned' end as status,
       coalesce((select array_agg(g.function order by g.function) from facility_functions g
                 where g.code = f.code and g.since <= $1 and (g.until is null or g.until > $1)
                   and f.opened_at <= $1 and (f.closed_at is null or f.closed_at > $1)),
                '{}') as functions
from facilities f
where least(f.planned_at, f.opened_at) <= $1
  and ($2::text[] is null or f.territory = any($2))
  and ($3::text is null or f.kind = $3)
  and ($4::text is null or f.code = $4)
  and ($5::text is null or f.code > $5)
order by f.code limit $6
"""
USAGE = """
select month, days, visits from facility_visits where code = $1 order by month
"""
ASSETS = """
select kind, pieces, area_dm2 from asset_sum where code = $1 order by kind
"""


@dataclass(frozen=True, kw_only=True)
class FacilityList:
    """Which facilities: of these territories, of a kind, of one code."""

    moment: datetime
    codes: Sequence[str] | None = None
    kind: str | None = None
    code: str | None = None
    after: str | None = None
    limit: int = 500


class Facilities:
    """Reads facilities."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def listed(self, wanted: FacilityList) -> list[dict[str, Any]]:
        """Those that were planned or opened by then, by code."""
        named = (wanted.codes, wanted.kind, wanted.code, wanted.after)
        return await self._rows(FACILITIES, wanted.moment, *named, wanted.limit)

    async def usage(self, code: str) -> list[dict[str, Any]]:
        """Visits by month, the oldest first; days are those that were counted."""
        return await self._rows(USAGE, code)

    async def assets(self, code: str) -> list[dict[str, Any]]:
        """What belongs to it, by kind; areas in square decimetres."""
        return await self._rows(ASSETS, code)

    async def _rows(self, statement: str, *about: Any) -> list[dict[str, Any]]:
        async with self._pool.acquire(timeout=10) as connection:
            return [dict(row) for row in await connection.fetch(statement, *about)]

"""Selects over this service's own read models, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from shared.store.pool import Pool

REGISTER = """
select * from case_register
where ($1::text = '' or territory = $1 or territory like $2)
  and ($3::text is null or status = $3)
  and ($4::text is null or case_type = $4)
  and ($5::text is null or channel = $5)
  and ($6::text is null or unit = $6)
  and ($7::text is null or raised_by = $7)
  and ($8::timestamptz is null or (raised_at, case_id) < ($8, $9))
order by raised_at desc, case_id desc
limit $10
"""
COUNT = """
select coalesce(sum(cases), 0)::bigint from case_count
where ($1::text = '' or territory = $1 or territory like $2)
  and ($3::text is null or status = $3)
"""
# What a person types is an id, else the source's reference, else our number.
FIND = """
select case_id, case when case_id = $1 then 0 when ref = $3 then 1 else 2 end as rank
from case_register where case_id = $1 or number = $2 or ref = $3 order by rank, number limit 3
"""
PLACES = "select distinct territory from case_register where petitioner = $1"
# Days are seconds / 86,400, percentiles linear. A case without a reply counts among the cases,
# never in a percentile, and as not answered within 15 days.
RESPONSES = """
with one as (
    select {group} as grp, extract(epoch from replied_at - raised_at)::float8 / 86400 as days
    from response_times
    where $1::text = '' or territory = $1 or territory like $2
)
select case when grouping(grp) = 1 then 'all' else grp end as "group", count(*) as cases,
       percentile_cont(0.5) within group (order by days) as median_days,
       percentile_cont(0.9) within group (order by days) as p90_days,
       coalesce(count(*) filter (where days <= 15)::float8 / nullif(count(*), 0), 0)
           as within_15_days
from one group by grouping sets ((grp), ())
order by grouping(grp) desc, grp
"""
GROUPS = {
    "year": "to_char(raised_at at time zone 'Asia/Shanghai', 'YYYY')",
    "area": "area",
}


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What to show of the register; `territory` is a subtree, `before` continues a page."""

    territory: str = ""
    status: str | None = None
    case_type: str | None = None
    channel: str | None = None
    unit: str | None = None
    raised_by: str | None = None
    before: tuple[datetime, UUID] | None = None


class Queries:
    """Reads of the case service's read models."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def register(self, filters: Filters, limit: int) -> list[Any]:
        """Lines of the register, the latest petition first."""
        moment, case_id = filters.before or (None, None)
        async with self._pool.acquire(timeout=10) as connection:
            return await connection.fetch(
                REGISTER,
                filters.territory,
                _below(filters.territory),
                filters.status,
                filters.case_type,
                filters.channel,
                filters.unit,
                filters.raised_by,
                moment,
                case_id,
                limit,
            )

    async def count(self, filters: Filters) -> int | None:
        """How many cases a subtree has, in one state or in all; None for a finer question, which
        the tally does not answer."""
        if filters.case_type or filters.channel or filters.unit or filters.raised_by:
            return None
        territory, below = filters.territory, _below(filters.territory)
        async with self._pool.acquire(timeout=10) as connection:
            total: int = await connection.fetchval(COUNT, territory, below, filters.status)
            return total

    async def find(self, name: str) -> list[UUID]:
        """The case of this id, reference or number; several when a reference is ambiguous."""
        try:
            case_id: UUID | None = UUID(name)
        except ValueError:
            case_id = None
        number = int(name) if name.isascii() and name.isdigit() and len(name) < 19 else None
        async with self._pool.acquire(timeout=10) as connection:
            rows = await connection.fetch(FIND, case_id, number, name)
        return [row["case_id"] for row in rows if row["rank"] == rows[0]["rank"]]

    async def places_of(self, petitioner: UUID) -> list[str]:
        """The territories in which this person has cases."""
        async with self._pool.acquire(timeout=10) as connection:
            return [row["territory"] for row in await connection.fetch(PLACES, petitioner)]

    async def response_times(
        self, by: Literal["year", "area"], territory: str = ""
    ) -> list[dict[str, Any]]:
        """Per group and for all: cases, median and 90th percentile in days, share within 15."""
        statement = RESPONSES.format(group=GROUPS[by])
        async with self._pool.acquire(timeout=10) as connection:
            rows = await connection.fetch(statement, territory, _below(territory))
        return [dict(row) for row in rows]


def _below(territory: str) -> str:
    escaped = territory.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return escaped + "/%"

"""The register and the timelines of its cases: lists, counts, finding a case by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.runtime.projections.map_copy import Places
from shared.store.pool import Pool

REGISTER = """
select r.*, o.due from (
    select * from case_register
    where ($1::text[] is null or territory = any($1))
      and ($2::text is null or status = $2)
      and ($3::text is null or case_type = $3)
      and ($4::text is null or channel = $4)
      and ($5::text is null or unit = $5)
      and ($6::text is null or raised_by = $6)
      and ($7::timestamptz is null or (raised_at, case_id) < ($7, $8))
    order by raised_at desc, case_id desc
    limit $9
) r left join case_rounds o on o.case_id = r.case_id and o.is_open
order by r.raised_at desc, r.case_id desc
"""
COUNT = """
select coalesce(sum(cases), 0)::bigint from case_count
where ($1::text[] is null or territory = any($1))
  and ($2::text is null or status = $2)
"""
# What a person types is an id, else the source's reference, else our number.
FIND = """
select case_id, case when case_id = $1 then 0 when ref = $3 then 1 else 2 end as rank
from case_register where case_id = $1 or number = $2 or ref = $3 order by rank, number limit 3
"""
PLACES = "select distinct territory from case_register where petitioner = $1"
# Each event as it is known now: what corrections of it say stands in place of what was written.
TIMELINE = """
select t.version, t.type, t.actor, t.origin, coalesce(c.moved_to, t.occurred_at) as occurred_at,
       t.recorded_at, coalesce(c.unit, t.unit) as unit, coalesce(c.outcome, t.outcome) as outcome,
       t.corrects, string_to_array(t.fields, ',') as fields, t.moved_to,
       coalesce(c.versions, '{}') as corrected_by
from case_timeline t left join lateral (
    select array_agg(version order by version) as versions,
           (array_agg(moved_to order by version desc) filter (where moved_to is not null))[1]
               as moved_to,
           (array_agg(unit order by version desc) filter (where unit is not null))[1] as unit,
           (array_agg(outcome order by version desc) filter (where outcome is not null))[1]
               as outcome
    from case_timeline where case_id = t.case_id and corrects = t.version
) c on true
where t.case_id = $1 order by t.version
"""


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What to show of the register; `places` are territories, `before` continues a page."""

    places: Places = None
    status: str | None = None
    case_type: str | None = None
    channel: str | None = None
    unit: str | None = None
    raised_by: str | None = None
    before: tuple[datetime, UUID] | None = None


class Queries:
    """Reads of single cases and of pages of them, as they are now."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def register(self, filters: Filters, limit: int) -> list[Any]:
        """Lines of the register, the latest petition first."""
        moment, case_id = filters.before or (None, None)
        async with self._pool.acquire(timeout=10) as connection:
            return await connection.fetch(
                REGISTER,
                filters.places,
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
        """How many cases these places have, in one state or in all; None for a finer question,
        which the tally does not answer."""
        if filters.case_type or filters.channel or filters.unit or filters.raised_by:
            return None
        async with self._pool.acquire(timeout=10) as connection:
            total: int = await connection.fetchval(COUNT, filters.places, filters.status)
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

    async def timeline(self, case_id: UUID) -> list[dict[str, Any]]:
        """The events of a case in order of version, corrections in place and flagged."""
        async with self._pool.acquire(timeout=10) as connection:
            return [dict(row) for row in await connection.fetch(TIMELINE, case_id)]

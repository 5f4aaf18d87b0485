"""The register and the timelines of its cases: lists, counts, finding a case by name."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from services.grievance.projections.case_register import helpers
from services.grievance.queries import search
from services.grievance.queries.search import Filters
from services.grievance.queries.windows import FIRST, windows
from shared.store.conditions import ask
from shared.store.pool import Pool

# What a person types is an id, else the source's reference, else our number.
FIND = """
select case_id, case when case_id = $1 then 0 when ref = $3 then 1 else 2 end as rank
from case_register where case_id = $1 or number = $2 or ref = $3 order by rank, number limit 3
"""
PLACES = """
select territory from case_register where petitioner = $1
union select territory from whistles where person = $1
union select territory from campaign_results where person = $1
"""
PLACED = "select territory, unit, raised_by, assists from case_register where case_id = $1"
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


class Place(NamedTuple):
    """Where a case lies, who has it or had it last, who filed it, who helps."""

    territory: str
    unit: str | None
    raised_by: str
    assists: str

    @property
    def helpers(self) -> frozenset[str]:
        """The units that help."""
        return helpers(self.assists)


class Queries:
    """Reads of single cases and of pages of them, as they are now."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def register(self, filters: Filters, limit: int) -> list[Any]:
        """Lines of the register in the order asked for; `due` is None unless the case is open."""
        if not filters.scattered:
            return await ask(self._pool, *search.page(filters, limit))
        [span] = await ask(self._pool, *search.span(filters, FIRST))
        rows: list[Any] = []
        for window in windows(filters, span["first"], span["last"]) if span["last"] else ():
            rows = await ask(self._pool, *search.page(window, limit))
            if len(rows) == limit:
                break
        return rows

    async def count(self, filters: Filters) -> int | None:
        """How many there are; None where no tally says."""
        if not filters.counted:
            return None
        [row] = await ask(self._pool, *search.total(filters))
        found: int = row["total"]
        return found

    async def find(self, name: str) -> list[UUID]:
        """The case of this id, reference or number; several when a reference is ambiguous."""
        rows = await self._called(name)
        return [row["case_id"] for row in rows if row["rank"] == rows[0]["rank"]]

    async def called(self, name: str) -> list[UUID]:
        """Every case that has this id, reference or number."""
        return [row["case_id"] for row in await self._called(name)]

    async def places_of(self, petitioner: UUID) -> list[str]:
        """The territories in which this person has cases, or is the one of a whistle or a
        campaign."""
        async with self._pool.acquire(timeout=10) as connection:
            return [row["territory"] for row in await connection.fetch(PLACES, petitioner)]

    async def placed(self, case_id: UUID) -> Place | None:
        """Whose the case is, by the register; None where that does not have it."""
        async with self._pool.acquire(timeout=10) as connection:
            row = await connection.fetchrow(PLACED, case_id)
        return row and Place(*row)

    async def timeline(self, case_id: UUID) -> list[dict[str, Any]]:
        """The events of a case in order of version, corrections in place and flagged."""
        async with self._pool.acquire(timeout=10) as connection:
            return [dict(row) for row in await connection.fetch(TIMELINE, case_id)]

    async def _called(self, name: str) -> list[Any]:
        try:
            case_id: UUID | None = UUID(name)
        except ValueError:
            case_id = None
        number = int(name) if name.isascii() and name.isdigit() and len(name) < 19 else None
        async with self._pool.acquire(timeout=10) as connection:
            return await connection.fetch(FIND, case_id, number, name)

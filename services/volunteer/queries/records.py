"""Service records page by page, each with what else the person did that day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from shared.runtime.projections.map_copy import Places
from shared.store.conditions import Conditions, ask
from shared.store.pool import Pool

# The page is found first, what stands beside each record only then.
LIST = """
with page as materialized (
    select * from service_records r where {conditions} order by position {way} limit {limit}
)
select page.*, d.day_minutes,
       exists (select from service_records o
               where o.proof = page.proof and o.record_id <> page.record_id) as same_proof
from page cross join lateral (
    select coalesce(sum(minutes), 0)::bigint as day_minutes from service_records s
    where s.person = page.person and s.day = page.day and s.status in ('logged', 'approved')
) d
order by position {way}
"""


@dataclass(frozen=True, kw_only=True)
class Sought:
    """Which records: of these places or of all, of a person, a team, an activity, in a status, of
    these days, both in; behind this position in the order asked for."""

    places: Places = None
    person: UUID | None = None
    team: UUID | None = None
    activity: UUID | None = None
    status: str | None = None
    first: str | None = None
    last: str | None = None
    oldest_first: bool = False
    after: int | None = None


class Records:
    """Reads of service records."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def page(self, sought: Sought, limit: int) -> list[Any]:
        """So many of them."""
        where = Conditions()
        where.given("r.territory = any({})", sought.places)
        where.given("r.person = {}", sought.person)
        where.given("r.team = {}", sought.team)
        where.given("r.activity = {}", sought.activity)
        where.given("r.day >= {}", sought.first)
        where.given("r.day <= {}", sought.last)
        if sought.status == "logged":
            where.add("r.status = 'logged'")  # as the index of the queue has it
        else:
            where.given("r.status = {}", sought.status)
        where.given("r.position > {}" if sought.oldest_first else "r.position < {}", sought.after)
        way = "asc" if sought.oldest_first else "desc"
        statement = LIST.format(limit=where.mark(limit), conditions=where, way=way)
        return await ask(self._pool, statement, where.values)

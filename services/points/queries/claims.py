"""Claims page by page, what waits by reason, and what an account was given so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.points.rules.granting import Counted, count
from shared.runtime.projections.map_copy import Places
from shared.store.conditions import Conditions, ask
from shared.store.pool import Pool

# The page is found first, what stands beside each claim only then.
LIST = """
with page as materialized (
    select * from point_claims c where {conditions} order by position {way} limit {limit}
)
select page.*,
       coalesce(not d.standing, false) as reversed,
       exists (select from point_claims o
               where o.proof = page.proof and o.claim_id <> page.claim_id) as same_proof,
       exists (select from point_claims o
               where o.person = page.person and o.day = page.day and o.reason = page.reason
                 and o.claim_id <> page.claim_id
                 and o.status in ('waiting', 'approved')) as same_day
from page left join point_deeds d on d.deed_id = page.deed_id
order by position {way}
"""
WAITING = """
select reason, sum(waiting)::bigint as claims from claims_cube
where {conditions} group by reason having sum(waiting) > 0 order by reason
"""
GIVEN = """
select account_id, reason, day, sum(points)::bigint as points from point_deeds
where account_id = any($1) and standing and left(day, 7) = any($2)
group by account_id, reason, day
"""


@dataclass(frozen=True, kw_only=True)
class Sought:
    """Which claims: of these places or of all, of a person, for a reason, in a status; behind this
    position in the order asked for."""

    places: Places = None
    person: UUID | None = None
    reason: str | None = None
    status: str | None = None
    oldest_first: bool = False
    after: int | None = None


class Claims:
    """Reads of claims."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def page(self, sought: Sought, limit: int) -> list[Any]:
        """So many of them."""
        where = Conditions()
        where.given("c.territory = any({})", sought.places)
        where.given("c.person = {}", sought.person)
        where.given("c.reason = {}", sought.reason)
        if sought.status == "waiting":
            where.add("c.status = 'waiting'")  # as the index of the queue has it
        else:
            where.given("c.status = {}", sought.status)
        where.given("c.position > {}" if sought.oldest_first else "c.position < {}", sought.after)
        way = "asc" if sought.oldest_first else "desc"
        statement = LIST.format(limit=where.mark(limit), conditions=where, way=way)
        return await ask(self._pool, statement, where.values)

    async def waiting(self, places: Places) -> dict[str, int]:
        """How many wait in these places, or in all, by reason."""
        where = Conditions()
        where.given("territory = any({})", places)
        rows = await ask(self._pool, WAITING.format(conditions=where), where.values)
        return {row["reason"]: row["claims"] for row in rows}

    async def given(self, accounts: Iterable[UUID], days: Iterable[str]) -> Mapping[UUID, Counted]:
        """What these accounts were given in the months of these days, by account."""
        found: defaultdict[UUID, Counted] = defaultdict(Counted)
        months = sorted({day[:7] for day in days})
        for row in await ask(self._pool, GIVEN, [sorted(set(accounts)), months]):
            count(found[row["account_id"]], row["reason"], row["day"], row["points"])
        return found

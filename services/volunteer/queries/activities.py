"""Activities by day and place, who comes, and what campaigns brought about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.runtime.projections.map_copy import Places
from shared.store.conditions import Conditions, ask
from shared.store.pool import Pool

LIST = """
select a.*, p.status as mine from activities a
left join activity_people p on p.activity_id = a.activity_id and p.person = {mine}
where {conditions} order by a.starts, a.activity_id limit {limit}
"""
AFTER = """
(a.starts, a.activity_id) >
(select b.starts, b.activity_id from activities b where b.activity_id = {})
"""
ONE = """
select a.*, p.status as mine from activities a
left join activity_people p on p.activity_id = a.activity_id and p.person = $2
where a.activity_id = $1
"""
SHEET = "select * from activity_people where activity_id = $1 order by number limit $2"
# Those that somebody has signed up for at the same time.
ELSEWHERE = """
select a.activity_id from activity_people p join activities a using (activity_id)
where p.person = $1 and p.status in ('signed_up', 'waiting', 'in', 'came', 'out')
  and a.status = 'planned' and a.activity_id <> $2 and a.starts < $4 and a.ends > $3 limit 1
"""
EFFECTS = """
select campaign, sum(planned)::bigint as planned, sum(held)::bigint as held,
       sum(came)::bigint as came, sum(minutes)::bigint as minutes,
       sum(served)::bigint as served, sum(rubbish_kg)::bigint as rubbish_kg
from campaign_effects
where campaign <> '' and ($1::text[] is null or territory = any($1))
  and ($2::text is null or campaign = $2) and ($3::text is null or campaign > $3)
group by campaign order by campaign limit $4
"""
# Who has places and does not come: those who are likely to again.
NO_SHOWS = """
select person, count(*)::int as missed from activity_people
where person = any($1) and no_show group by person
"""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which activities: of these places or of all, that end after a time and begin before one."""

    places: Places = None
    since: datetime | None = None
    until: datetime | None = None
    status: str | None = None
    mode: str | None = None
    kind: str | None = None
    team: UUID | None = None
    series: UUID | None = None
    campaign: str | None = None
    mine: bool = False
    after: UUID | None = None


class ActivityQueries:
    """Reads of activities."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def page(self, asked: Asked, person: UUID | None, limit: int) -> list[Any]:
        """So many of them, the first first; `mine` is how this person stands in each."""
        where = Conditions()
        mine = f"{where.mark(person)}::uuid"
        where.given("a.territory = any({})", asked.places)
        where.given("a.ends > {}", asked.since)
        where.given("a.starts < {}", asked.until)
        for name in ("status", "mode", "kind", "team", "series", "campaign"):
            where.given(f"a.{name} = {{}}", getattr(asked, name))
        if asked.mine:
            where.add("p.status is not null and p.status <> 'withdrawn'")
        if asked.after is not None:
            where.add(AFTER, asked.after)
        limited = where.mark(limit)
        statement = LIST.format(mine=mine, conditions=where, limit=limited)
        return await ask(self._pool, statement, where.values)

    async def one(self, activity: UUID, person: UUID | None) -> Any | None:
        """The activity, and how this person stands in it."""
        async with self._pool.acquire(timeout=10) as connection:
            return await connection.fetchrow(ONE, activity, person)

    async def sheet(self, activity: UUID, limit: int = 2_000) -> list[Any]:
        """Who signed up, in that order."""
        async with self._pool.acquire(timeout=10) as connection:
            return list(await connection.fetch(SHEET, activity, limit))

    async def missed(self, people: Sequence[UUID]) -> dict[UUID, int]:
        """How often each of these had a place and did not come, where they ever did not."""
        async with self._pool.acquire(timeout=10) as connection:
            rows = await connection.fetch(NO_SHOWS, people)
        return {row["person"]: row["missed"] for row in rows}

    async def elsewhere(
        self, person: UUID, but: UUID, span: tuple[datetime, datetime]
    ) -> UUID | None:
        """Another activity that they have signed up for at this time."""
        async with self._pool.acquire(timeout=10) as connection:
            found: UUID | None = await connection.fetchval(ELSEWHERE, person, but, *span)
        return found

    async def effects(
        self, places: Places, campaign: str | None, after: str | None, limit: int
    ) -> list[dict[str, Any]]:
        """What came of each campaign, all its activities together."""
        async with self._pool.acquire(timeout=10) as connection:
            rows = await connection.fetch(EFFECTS, places, campaign, after, limit)
        return [dict(row) for row in rows]

"""Teams, and who is and was in each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from shared.runtime.projections.map_copy import Places
from shared.store.conditions import Conditions, ask
from shared.store.pool import Pool

LIST = """
select t.*, coalesce(h.minutes, 0)::bigint as minutes from teams t
left join lateral (
    select sum(minutes) as minutes from hours_cube
    where team = t.team_id::text and month >= {since} and month < {until}
) h on true
where {conditions} order by t.since, t.team_id limit {limit}
"""
AFTER = """
(t.since, t.team_id) > (select b.since, b.team_id from teams b where b.team_id = {})
"""
ONE = "select * from teams where team_id = $1"
ROSTER = """
select m.*, t.name as came_from from team_members m
left join teams t on t.team_id = m.came_with
where m.team_id = $1 and ($2 or m.until is null)
order by m.until is not null, m.since, m.membership_id limit $3
"""
PARTS = "select team_id, name, since, ended_at from teams where merged_into = $1 order by since"
HOURS = """
select coalesce(sum(minutes), 0)::bigint from hours_cube
where team = $1 and month >= $2 and month < $3
"""
OF_PERSON = """
select t.team_id, t.name, m.since, m.until from team_members m join teams t using (team_id)
where m.person = $1 order by m.since
"""


class TeamQueries:
    """Reads of teams."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def page(
        self, places: Places, status: str | None, after: UUID | None,
        year: int, limit: int,
    ) -> list[Any]:  # fmt: skip
        """So many teams, the oldest first, with their approved minutes of a year."""
        where = Conditions()
        since, until = where.mark(f"{year:04}"), where.mark(f"{year + 1:04}")
        where.given("t.territory = any({})", places)
        where.given("t.status = {}", status)
        if after is not None:
            where.add(AFTER, after)
        marked = where.mark(limit)
        statement = LIST.format(since=since, until=until, conditions=where, limit=marked)
        return await ask(self._pool, statement, where.values)

    async def one(self, team: UUID) -> Any | None:
        """The team, whatever became of it."""
        async with self._pool.acquire(timeout=10) as connection:
            return await connection.fetchrow(ONE, team)

    async def roster(self, team: UUID, *, former: bool, limit: int = 2_000) -> list[Any]:
        """Its members, the first first; then those who were, if they are asked for."""
        async with self._pool.acquire(timeout=10) as connection:
            return list(await connection.fetch(ROSTER, team, former, limit))

    async def minutes(self, team: UUID, year: int) -> int:
        """What it served in a year: approved minutes."""
        async with self._pool.acquire(timeout=10) as connection:
            found: int = await connection.fetchval(HOURS, str(team), f"{year:04}", f"{year + 1:04}")
        return found

    async def parts(self, team: UUID) -> list[dict[str, Any]]:
        """The teams that became a part of it."""
        async with self._pool.acquire(timeout=10) as connection:
            return [dict(row) for row in await connection.fetch(PARTS, team)]

    async def of_person(self, person: UUID) -> list[dict[str, Any]]:
        """The teams that somebody is or was in."""
        async with self._pool.acquire(timeout=10) as connection:
            return [dict(row) for row in await connection.fetch(OF_PERSON, person)]

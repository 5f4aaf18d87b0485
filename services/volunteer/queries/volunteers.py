"""Volunteers page by page, and what is known of some of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from shared.runtime.projections.map_copy import Places
from shared.store.conditions import Conditions, ask
from shared.store.pool import Pool

LIST = "select * from volunteers where {conditions} order by person limit {limit}"
ONE = "select * from volunteers where person = $1"
NAMES = "select person, name from volunteers where person = any($1)"
ACTIVE = "select person from volunteers where person = any($1) and status = 'active'"
RESIDENT = "select merged_into, gone from known_residents where person_id = $1"
YEAR = """
select person, sum(minutes)::bigint as minutes from service_records
where team = $1 and status = 'approved' and day >= $2 and day < $3 and person = any($4)
group by person
"""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which volunteers: of these places or of all, with this skill, after this person."""

    places: Places = None
    status: str = "active"
    skill: str | None = None
    service: str | None = None
    after: UUID | None = None


class VolunteerQueries:
    """Reads of volunteers."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def page(self, asked: Asked, limit: int) -> list[Any]:
        """So many of them, in the order of their ids."""
        where = Conditions()
        where.add("status = {}", asked.status)
        where.given("territory = any({})", asked.places)
        where.given("{} = any(string_to_array(skills, ','))", asked.skill)
        where.given("{} = any(string_to_array(services, ','))", asked.service)
        where.given("person > {}", asked.after)
        statement = LIST.format(limit=where.mark(limit), conditions=where)
        return await ask(self._pool, statement, where.values)

    async def one(self, person: UUID) -> Any | None:
        """The volunteer, whatever became of them; None where there never was one."""
        async with self._pool.acquire(timeout=10) as connection:
            return await connection.fetchrow(ONE, person)

    async def boxes(self, people: Sequence[UUID]) -> dict[UUID, str]:
        """The sealed names of those who are or were volunteers."""
        async with self._pool.acquire(timeout=10) as connection:
            return {row["person"]: row["name"] for row in await connection.fetch(NAMES, people)}

    async def active(self, people: Sequence[UUID]) -> set[UUID]:
        """Which of them are volunteers."""
        async with self._pool.acquire(timeout=10) as connection:
            return {row["person"] for row in await connection.fetch(ACTIVE, people)}

    async def resident(self, person: UUID) -> Any | None:
        """What is known of a resident; None for nothing."""
        async with self._pool.acquire(timeout=10) as connection:
            return await connection.fetchrow(RESIDENT, person)

    async def minutes(self, team: UUID, year: int, people: Sequence[UUID]) -> dict[UUID, int]:
        """What each of these served with a team in a year: approved minutes."""
        async with self._pool.acquire(timeout=10) as connection:
            rows = await connection.fetch(YEAR, team, f"{year:04}", f"{year + 1:04}", people)
        return {row["person"]: row["minutes"] for row in rows}

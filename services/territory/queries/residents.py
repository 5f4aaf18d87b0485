"""Residents: who lives or lived where, one person with stays and relatives, care in figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.store.pool import Pool

NOW = """
select r.*, coalesce(c.tags, '') as tags, r.building as shown_building,
       r.household as shown_household, r.since as shown_since
from residents r left join care_tags c using (person_id)
where r.building = any($1::text[]) and r.status = $2
  and ($3::uuid is null or r.household = $3)
  and ($4::text is null or $4 = any(string_to_array(c.tags, ',')))
  and ($5::uuid is null or r.person_id > $5)
order by r.person_id
limit $6
"""
# The stay that had begun by then and that no later one of the same person had ended.
THEN = """
select r.*, coalesce(c.tags, '') as tags, s.building as shown_building,
       s.household as shown_household, s.since as shown_since
from resident_stays s
join residents r using (person_id) left join care_tags c using (person_id)
where s.building = any($1::text[]) and s.since <= $2 and r.status <> 'merged'
  and not exists (
    select from resident_stays later
    where later.person_id = s.person_id and later.number > s.number and later.since <= $2)
  and ($3::uuid is null or s.household = $3)
  and ($4::text is null or $4 = any(string_to_array(c.tags, ',')))
  and ($5::uuid is null or s.person_id > $5)
order by s.person_id
limit $6
"""
ONE = """
select r.*, coalesce(c.tags, '') as tags, r.building as shown_building,
       r.household as shown_household, r.since as shown_since
from residents r left join care_tags c using (person_id)
where r.person_id = $1
"""
STAYS = """
select building, household, since, until from (
    select building, household, since, number, lead(since) over (order by number) as until
    from resident_stays where person_id = $1) stay
where building is not null order by number
"""
RELATIVES = """
select e.relative as person, e.relation, r.merged_into
from relatives e join residents r on r.person_id = e.relative
where e.person_id = $1 order by e.declared_at, e.relative
"""
DOUBLES = "select person_id from residents where merged_into = $1 order by person_id"
# Every id of either, whichever of them was kept.
SAME = """
select person_id from residents
where coalesce(merged_into, person_id) =
    (select coalesce(merged_into, person_id) from residents where person_id = $1)
"""
BOND = """
select relation, person_id = any($1::uuid[]) as own from relatives
where (person_id = any($1::uuid[]) and relative = any($2::uuid[]))
   or (person_id = any($2::uuid[]) and relative = any($1::uuid[]))
order by own desc, declared_at, pair_id limit 1
"""
CARE = """
select tag, sum(persons)::bigint as persons from care_count
where building = any($1::text[]) group by tag order by tag
"""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Who lives in these buildings, or who lived there `at` a time; `status` is for those of now,
    `after` continues a page."""

    buildings: Sequence[str]
    at: datetime | None = None
    status: str = "living"
    household: UUID | None = None
    tag: str | None = None
    after: UUID | None = None


class Residents:
    """Reads of single residents and of pages of them."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def page(self, wanted: Wanted, limit: int) -> list[Any]:
        """Residents in the order of their ids; `shown_…` is the stay that is asked about."""
        about = (wanted.household, wanted.tag, wanted.after, limit)
        async with self._pool.acquire(timeout=10) as connection:
            if wanted.at is not None:
                return await connection.fetch(THEN, list(wanted.buildings), wanted.at, *about)
            return await connection.fetch(NOW, list(wanted.buildings), wanted.status, *about)

    async def one(self, person_id: UUID) -> Any | None:
        """A resident as they are now; None for one who is not on the register."""
        async with self._pool.acquire(timeout=10) as connection:
            return await connection.fetchrow(ONE, person_id)

    async def about(self, person_id: UUID) -> dict[str, Any]:
        """Their stays, their relatives, and the ids that mean them, too."""
        async with self._pool.acquire(timeout=10) as connection:
            stays = await connection.fetch(STAYS, person_id)
            kin = await connection.fetch(RELATIVES, person_id)
            doubles = await connection.fetch(DOUBLES, person_id)
        return {
            "stays": [dict(stay) for stay in stays],
            "relatives": [dict(relative) for relative in kin],
            "doubles": [row["person_id"] for row in doubles],
        }

    async def bond(self, person_id: UUID, other: UUID) -> Any | None:
        """The `relation` that was declared between the two, by the person's `own` word before the
        other's; None for none."""
        async with self._pool.acquire(timeout=10) as connection:
            ids = [
                [row["person_id"] for row in await connection.fetch(SAME, one)]
                for one in (person_id, other)
            ]
            return await connection.fetchrow(BOND, *ids)

    async def care(self, buildings: Sequence[str]) -> list[dict[str, Any]]:
        """How many who live in these buildings need which care."""
        async with self._pool.acquire(timeout=10) as connection:
            return [dict(row) for row in await connection.fetch(CARE, list(buildings))]

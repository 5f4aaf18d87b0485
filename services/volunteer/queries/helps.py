"""Requests for help: pages of them, who might help, what has lapsed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from shared.runtime.projections.map_copy import Places
from shared.store.conditions import Conditions, ask
from shared.store.pool import Pool

LIST = "select * from help_requests where {conditions} order by number desc limit {limit}"
ONE = "select * from help_requests where help_id = $1"
LAPSED = """
select help_id, requester, paid, day from help_requests
where status in ('open', 'matched') and day < $1 order by day, help_id limit $2
"""
# Who has served so before, around there; who served at that very place comes first.
CANDIDATES = """
select person, bool_or(territory = any($2::text[])) as near, count(*)::bigint as times,
       sum(minutes)::bigint as minutes, max(day) as last_day
from service_records
where status = 'approved' and service = $1 and day >= $5 and person <> $4
  and ($3::text[] is null or territory = any($3::text[]))
group by person order by near desc, last_day desc, person limit $6
"""
HOME = """
select coalesce(
    (select territory from time_accounts where person = $1 and status = 'open' limit 1),
    (select building from known_residents where person_id = $1 and not gone))
"""


@dataclass(frozen=True, kw_only=True)
class Sought:
    """Which requests: of these places or of all, of such a status, service, requester, volunteer;
    before this number."""

    places: Places = None
    status: Sequence[str] | None = None
    service: str | None = None
    requester: UUID | None = None
    volunteer: UUID | None = None
    before: int | None = None


@dataclass(frozen=True, kw_only=True)
class Nearby:
    """Who might help: with this service, at a place and around it, served since that day; not the
    one who asks."""

    service: str
    here: Sequence[str]
    around: Places
    requester: UUID
    since: str


class Helps:
    """Reads of requests for help."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def page(self, sought: Sought, limit: int) -> list[Any]:
        """So many of them, the latest first."""
        where = Conditions()
        where.given("territory = any({})", sought.places)
        where.given("status = any({})", sought.status)
        where.given("service = {}", sought.service)
        where.given("requester = {}", sought.requester)
        where.given("volunteer = {}", sought.volunteer)
        where.given("number < {}", sought.before)
        statement = LIST.format(limit=where.mark(limit), conditions=where)
        return await ask(self._pool, statement, where.values)

    async def one(self, help_id: UUID) -> Any | None:
        """A request; None where there is none."""
        async with self._pool.acquire(timeout=10) as connection:
            return await connection.fetchrow(ONE, help_id)

    async def candidates(self, nearby: Nearby, limit: int) -> list[dict[str, Any]]:
        """Who might help, those nearest first."""
        about = (nearby.service, list(nearby.here), nearby.around, nearby.requester, nearby.since)
        async with self._pool.acquire(timeout=10) as connection:
            return [dict(row) for row in await connection.fetch(CANDIDATES, *about, limit)]

    async def lapsed(self, today: str, limit: int) -> list[Any]:
        """Requests whose day was over before today, and that nobody has accepted."""
        async with self._pool.acquire(timeout=10) as connection:
            return await connection.fetch(LAPSED, today, limit)

    async def home(self, person: UUID) -> str | None:
        """Where their account is at home, or where they live; None where nobody knows."""
        async with self._pool.acquire(timeout=10) as connection:
            found: str | None = await connection.fetchval(HOME, person)
            return found

"""What is told of territories: figures, management, handovers, practices, trainings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from shared.core.local_time import day_of
from shared.store.pool import Pool

PROFILE = """
select distinct on (item) item, value, measure, word, source, reference, since
from territory_profile where territory = $1 and since <= $2 order by item, since desc
"""
HISTORY = """
select territory, mode, unit, how, since,
       lead(since) over (partition by territory order by since) as until
from management_history
where ($1::text[] is null or territory = any($1))
order by territory, since
"""
MANAGED = f"""
select * from ({HISTORY}) h
where since <= $2 and (until is null or until > $2) and ($3::text is null or mode = $3)
order by since, territory
"""
HANDOVERS = """
select territory, mode, unit, started_at, accepted_at from handovers
where ($1::text[] is null or territory = any($1)) and started_at <= $2
order by accepted_at is not null and accepted_at <= $2, started_at, territory
"""
PRACTICES = """
select territory, practice, adopted_from, since from practices
where ($1::text[] is null or territory = any($1)) and since <= $2
order by since, territory, practice
"""
TRAININGS = """
select territory, kind, day, attendees from trainings
where ($1::text[] is null or territory = any($1)) and day <= $2
order by day, territory, kind
"""

Codes = Sequence[str] | None


class Profiles:
    """Reads profiles."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def profile(self, territory: str, moment: datetime) -> list[dict[str, Any]]:
        """The latest word on each item by then."""
        return await self._rows(PROFILE, territory, moment)

    async def history(self, codes: Codes) -> list[dict[str, Any]]:
        """How each was managed, from when to when."""
        return await self._rows(HISTORY, codes)

    async def managed(
        self, codes: Codes, moment: datetime, mode: str | None = None
    ) -> list[dict[str, Any]]:
        """How each was managed then, those that are so for longest first."""
        return await self._rows(MANAGED, codes, moment, mode)

    async def handovers(self, codes: Codes, moment: datetime) -> list[dict[str, Any]]:
        """Those that had been started by then, what was under way first."""
        return await self._rows(HANDOVERS, codes, moment)

    async def practices(self, codes: Codes, moment: datetime) -> list[dict[str, Any]]:
        """Adopted by then, the oldest first."""
        return await self._rows(PRACTICES, codes, moment)

    async def trainings(self, codes: Codes, moment: datetime) -> list[dict[str, Any]]:
        """Held by that day, the oldest first."""
        return await self._rows(TRAININGS, codes, day_of(moment))

    async def _rows(self, statement: str, *about: Any) -> list[dict[str, Any]]:
        async with self._pool.acquire(timeout=10) as connection:
            return [dict(row) for row in await connection.fetch(statement, *about)]

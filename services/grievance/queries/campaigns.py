"""Campaigns page by page, and what came of them by territory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from shared.runtime.projections.map_copy import Places
from shared.store.conditions import Conditions, ask
from shared.store.pool import Pool

LIST = "select * from campaign_results where {conditions} order by number desc limit {limit}"
TOTALS = """
select territory, campaigns, cases, rubbish_kg, people from campaign_count
where $1::text[] is null or territory = any($1) order by rubbish_kg desc, territory
"""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which campaigns: of these places or of all, open or not, before this number."""

    places: Places = None
    is_open: bool | None = None
    before: int | None = None


class Campaigns:
    """Reads of campaigns."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def page(self, asked: Asked, limit: int) -> list[Any]:
        """So many of them, the latest first."""
        where = Conditions()
        where.given("territory = any({})", asked.places)
        where.given("(closed_at is null) = {}", asked.is_open)
        where.given("number < {}", asked.before)
        statement = LIST.format(limit=where.mark(limit), conditions=where)
        return await ask(self._pool, statement, where.values)

    async def totals(self, places: Places) -> list[dict[str, Any]]:
        """What came of all campaigns: a line a territory, the most rubbish first."""
        async with self._pool.acquire(timeout=10) as connection:
            return [dict(row) for row in await connection.fetch(TOTALS, places)]

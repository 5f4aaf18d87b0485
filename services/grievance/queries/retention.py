"""Petitioners whose cases have all ended long ago, and who are no residents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from shared.store.pool import Pool

DUE = """
select distinct e.petitioner from case_ends e
where e.ended_at < $1
  and not exists (
      select from case_ends o
      where o.petitioner = e.petitioner and (o.ended_at is null or o.ended_at >= $1)
  )
  and not exists (select from erased_persons p where p.subject = e.petitioner)
  and not exists (select from known_residents r where r.person_id = e.petitioner)
order by e.petitioner limit $2
"""


class Retention:
    """Reads of who has been kept for long enough."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def due(self, before: datetime, limit: int) -> Sequence[UUID]:
        """So many of those all of whose cases ended before then."""
        async with self._pool.acquire(timeout=10) as connection:
            return [row["petitioner"] for row in await connection.fetch(DUE, before, limit)]

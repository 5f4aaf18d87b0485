"""Erasures: who was asked for, which services have answered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from shared.store.pool import Pool

# By any of a person's ids: all that were erased together, the one that was asked for first.
ERASURES = """
select * from person_erasures
where kept = coalesce((select kept from person_erasures where subject = $1), $1)
order by subject <> kept, subject
"""
ANSWERS = """
select subject, service, min(answered_at) as answered_at from erasure_answers
where subject = any($1::uuid[]) group by subject, service
"""


class Erasures:
    """Reads of erasures that were asked for."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def of(self, person_id: UUID) -> tuple[list[Any], dict[tuple[UUID, str], Any]]:
        """The erasures of a person, one for each id of theirs, and when which service answered."""
        async with self._pool.acquire(timeout=10) as connection:
            rows = await connection.fetch(ERASURES, person_id)
            answers = await connection.fetch(ANSWERS, [row["subject"] for row in rows])
        return rows, {(row["subject"], row["service"]): row["answered_at"] for row in answers}

"""Clocks that have run out and are not noted yet, and those of a case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from shared.store.pool import Pool

DUE = """
select case_id, next_due from case_clocks where next_due < $1 order by next_due, case_id limit $2
"""


class Due(NamedTuple):
    """A case, and when the first of its clocks ran out."""

    case_id: UUID
    at: datetime


class Clocks:
    """Reads of the clocks."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def due(self, moment: datetime, limit: int) -> Sequence[Due]:
        """So many of the cases with a clock that has run out by then, the oldest first."""
        async with self._pool.acquire(timeout=10) as connection:
            return [Due(*row) for row in await connection.fetch(DUE, moment, limit)]

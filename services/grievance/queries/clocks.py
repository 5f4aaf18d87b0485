"""Clocks that have run out and are not noted yet: of a case, of a unit that is called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from shared.store.pool import Pool

# By the read model that has them.
DUE: Mapping[str, str] = {
    "case_clocks": """
select case_id, next_due from case_clocks where next_due < $1 order by next_due, case_id limit $2
""",
    "whistle_turnout": """
select whistle_id, min(awaited) from whistle_turnout where awaited < $1
group by whistle_id order by 2, 1 limit $2
""",
}


class Due(NamedTuple):
    """Whose clock it is, and when the first of theirs ran out."""

    stream_id: UUID
    at: datetime


class Clocks:
    """Reads of the clocks."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def due(self, model: str, moment: datetime, limit: int) -> Sequence[Due]:
        """So many of those of a read model with a clock that has run out by then, the oldest
        first."""
        async with self._pool.acquire(timeout=10) as connection:
            return [Due(*row) for row in await connection.fetch(DUE[model], moment, limit)]

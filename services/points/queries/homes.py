"""Where somebody is at home, as the register of the territory service tells it."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from shared.store.pool import Pool

HOME = "select building, household, merged_into from known_residents where person_id = $1"


class Home(NamedTuple):
    """The building and the household they live in, and the id that is kept of who was registered
    twice."""

    building: str
    household: UUID | None
    merged_into: UUID | None


class Homes:
    """Reads where people live."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def of(self, person: UUID) -> Home | None:
        """None for whom the register does not know."""
        async with self._pool.acquire(timeout=10) as connection:
            row = await connection.fetchrow(HOME, person)
        return None if row is None else Home(*row)

"""A resident as the log has them: what is asked of one is checked by that, not by a read model."""

from __future__ import annotations

from uuid import UUID

from services.territory.log import EVENTS
from services.territory.resident.decider import resident
from services.territory.resident.state import Resident
from shared.store import read
from shared.store.pool import Pool


class Files:
    """Reads residents from the log."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def of(self, person_id: UUID) -> Resident:
        """The person as they stand; a new one when there is none of this id."""
        return await self._read(person_id) or Resident()

    async def taken(self, person_id: UUID) -> bool:
        """Whether this id is that of something else."""
        return await self._read(person_id) is None

    async def _read(self, person_id: UUID) -> Resident | None:
        async with self._pool.acquire(timeout=10) as connection:
            rows = await read.stream(connection, person_id)
        if any(row["type"] not in resident.events.classes for row in rows):
            return None
        return resident.fold(read.decode(EVENTS, row).event for row in rows)

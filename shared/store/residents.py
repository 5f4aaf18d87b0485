"""Which residents a service knows of, in its own copy of the register."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from shared.store.pool import Pool

KNOWN = "select person_id from known_residents where person_id = any($1::uuid[]) and not gone"


async def known(pool: Pool, persons: Sequence[UUID]) -> set[UUID]:
    """Those of these persons who live here."""
    async with pool.acquire(timeout=10) as connection:
        return {row[0] for row in await connection.fetch(KNOWN, persons)}

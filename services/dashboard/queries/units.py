"""What units are called."""

from __future__ import annotations

from collections.abc import Mapping

from shared.store.pool import Pool

UNITS = "select code, name from known_units order by name"


async def names(pool: Pool) -> Mapping[str, str]:
    """The names of all units that ever were, by code, in the order of the names."""
    async with pool.acquire(timeout=10) as connection:
        return dict(await connection.fetch(UNITS))

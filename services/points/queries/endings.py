"""Which accounts have something that ended, or that ends soon without their having been told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from shared.store.pool import Pool

ENDED = """
select account_id, version from points_accounts
where ends_next < $1 order by ends_next, account_id limit $2
"""
UNTOLD = """
select account_id, version from points_accounts
where untold between $1 and $2 and territory = any($3) limit $4
"""
PLACES = "select distinct territory from points_outstanding"


class Due(NamedTuple):
    """An account, as its row was read."""

    account_id: UUID
    version: int


class Endings:
    """Reads of what ends when."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def ended(self, today: str, limit: int) -> Sequence[Due]:
        """So many accounts with something left whose last day was before today, the longest over
        first."""
        async with self._pool.acquire(timeout=10) as connection:
            return [Due(*row) for row in await connection.fetch(ENDED, today, limit)]

    async def untold(
        self, days: tuple[str, str], places: Sequence[str], limit: int
    ) -> Sequence[Due]:
        """So many accounts at home there with something that ends in these days, from the first to
        the last, of which nobody was told."""
        async with self._pool.acquire(timeout=10) as connection:
            return [Due(*row) for row in await connection.fetch(UNTOLD, *days, places, limit)]

    async def places(self) -> Sequence[str]:
        """Where accounts are at home."""
        async with self._pool.acquire(timeout=10) as connection:
            return [place for (place,) in await connection.fetch(PLACES)]

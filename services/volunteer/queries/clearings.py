"""What was paid for help in a month, from where to where."""

from __future__ import annotations

from typing import Any

from shared.store.pool import Pool

PAID = """
select home, served, payments, minutes from clearing_cube
where month = $1 and payments <> 0 order by home, served
"""


class Clearings:
    """Reads of what is to be cleared."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def paid(self, month: str) -> list[Any]:
        """A line for each two places between which minutes went, also where they are the same."""
        async with self._pool.acquire(timeout=10) as connection:
            return await connection.fetch(PAID, month)

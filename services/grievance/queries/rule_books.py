"""The rule books as they were published."""

from __future__ import annotations

from typing import Any

from shared.store.pool import Pool

BOOKS = """
select version, published_at, published_by, withdrawn_at, withdrawn_by, content
from rule_books order by number
"""


async def published(pool: Pool) -> list[Any]:
    """All of them, the first first."""
    async with pool.acquire(timeout=10) as connection:
        return list(await connection.fetch(BOOKS))

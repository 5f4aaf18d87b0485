"""Certificates by serial, and those of a person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from shared.store.pool import Pool

ONE = "select account_id, version from certificates where certificate_id = $1"
OF_PERSON = """
select serial, since, until, minutes, records, position, issued_at
from certificates where person = $1 order by position desc limit 200
"""


async def place_of(pool: Pool, certificate_id: UUID) -> tuple[UUID, int] | None:
    """The account and the version of the event that issued it; None when there is none."""
    async with pool.acquire(timeout=10) as connection:
        row = await connection.fetchrow(ONE, certificate_id)
    return None if row is None else (row["account_id"], row["version"])


async def of_person(pool: Pool, person: UUID) -> list[dict[str, Any]]:
    """The latest of a person's certificates."""
    async with pool.acquire(timeout=10) as connection:
        return [dict(row) for row in await connection.fetch(OF_PERSON, person)]

"""Residents as far as this service knows them: by their ids."""

from __future__ import annotations

from uuid import UUID

from shared.store.pool import Pool

# Of one who was registered twice, the id to use: that of a double of a double, too.
KEPT = """
with recursive kept(person_id, merged_into) as (
    select person_id, merged_into from known_residents where person_id = $1
    union
    select r.person_id, r.merged_into from kept k join known_residents r
    on r.person_id = k.merged_into
)
select person_id from kept where merged_into is null
"""


async def kept_id(pool: Pool, person: UUID) -> UUID | None:
    """The id by which this person is known; None for whom the register does not know."""
    async with pool.acquire(timeout=10) as connection:
        found: UUID | None = await connection.fetchval(KEPT, person)
    return found

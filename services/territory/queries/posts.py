"""Who holds which post as of a moment, who is away, who stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.store.pool import Pool

# A leave counts while the holding does. Without a moment, every holding that ever was.
POSTS = """
select p.holding_id as id, p.role, p.place, p.territory, p.holder, p.since, p.until,
       l.since as leave_since, l.until as leave_until, l.delegate
from posts p left join lateral (
    select since, until, delegate from post_leaves l
    where l.holding_id = p.holding_id and l.since <= $1 and l.until > $1
    order by since desc limit 1
) l on true
where ($1::timestamptz is null or (p.since <= $1 and (p.until is null or p.until > $1)))
  and ($2::text[] is null or p.territory = any($2))
  and ($3::text[] is null or p.role = any($3))
  and ($4::uuid is null or p.holder = $4 or (l.delegate = $4))
  and ($5::text is null or p.place = $5)
  and ($6::uuid is null or (p.territory, p.role, p.since, p.holding_id) > (
      select territory, role, since, holding_id from posts where holding_id = $6))
order by p.territory, p.role, p.since, p.holding_id limit $7
"""
THERE = "select exists (select from posts where holding_id = $1)"
LEAVES = """
select l.role, l.place, l.territory, l.holder, l.delegate, l.since, least(l.until, p.until) as until
from post_leaves l join posts p on p.holding_id = l.holding_id
where ($1::text[] is null or l.territory = any($1)) and ($2::uuid is null or l.holder = $2)
  and l.since < least(l.until, p.until)
order by l.since, l.leave_id limit $3
"""


@dataclass(frozen=True, kw_only=True)
class PostList:
    """Which holdings: at a moment or of all times, of a person as holder or delegate."""

    moment: datetime | None
    codes: Sequence[str] | None = None
    roles: Sequence[str] | None = None
    holder: UUID | None = None
    place: str | None = None
    after: UUID | None = None
    limit: int = 500


class Posts:
    """Reads posts."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def listed(self, wanted: PostList) -> list[dict[str, Any]]:
        """The holdings, by territory, role and time."""
        named = (wanted.codes, wanted.roles, wanted.holder, wanted.place, wanted.after)
        async with self._pool.acquire(timeout=10) as connection:
            rows = await connection.fetch(POSTS, wanted.moment, *named, wanted.limit)
        return [dict(row) for row in rows]

    async def there(self, holding: UUID) -> bool:
        """Whether there is such a holding."""
        async with self._pool.acquire(timeout=10) as connection:
            return bool(await connection.fetchval(THERE, holding))

    async def leaves(
        self, codes: Sequence[str] | None, holder: UUID | None, limit: int
    ) -> list[dict[str, Any]]:
        """The leaves of all times, the oldest first."""
        async with self._pool.acquire(timeout=10) as connection:
            return [dict(row) for row in await connection.fetch(LEAVES, codes, holder, limit)]

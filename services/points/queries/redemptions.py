"""What people chose for their points."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.store.pool import Pool

WITH_ITEM = """
select r.*, s.name, s.unit, s.category, p.name as shop_name, p.place as shop_place, p.hours
from redemptions r left join shop_stock s on s.item_id = r.item
left join shops p on p.shop_id = r.shop
"""
ONE = f"{WITH_ITEM} where r.redemption_id = $1"
OF_KEEPER = f"""{WITH_ITEM}
where r.keeper = $1 and ($2::timestamptz is null or r.asked_at < $2)
order by r.asked_at desc, r.redemption_id limit $3
"""
OF_SHOP = f"""{WITH_ITEM}
where r.shop = $1 and ($2::text is null or r.status = $2)
  and ($3::timestamptz is null or r.asked_at < $3)
order by r.asked_at desc, r.redemption_id limit $4
"""
BY_DIGEST = f"{WITH_ITEM} where r.digest = $1 and r.shop = $2 and r.status = 'held'"
DUE = """
select * from redemptions where status = 'held' and due <= $1 order by due limit $2
"""


class Redemptions:
    """Reads of redemptions."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def one(self, redemption: UUID) -> Any | None:
        """None where there is none."""
        return next(iter(await self._fetch(ONE, redemption)), None)

    async def of_keeper(self, keeper: UUID, before: datetime | None, limit: int) -> Sequence[Any]:
        """What somebody chose, the latest first."""
        return await self._fetch(OF_KEEPER, keeper, before, limit)

    async def of_shop(
        self, shop: UUID, status: str | None, before: datetime | None, limit: int
    ) -> Sequence[Any]:
        """What was chosen at a shop, the latest first."""
        return await self._fetch(OF_SHOP, shop, status, before, limit)

    async def by_digest(self, digest: str, shop: UUID) -> Any | None:
        """What waits at this shop under a code."""
        return next(iter(await self._fetch(BY_DIGEST, digest, shop)), None)

    async def due(self, moment: datetime, limit: int) -> Sequence[Any]:
        """So many that nobody fetched in time, the longest overdue first."""
        return await self._fetch(DUE, moment, limit)

    async def _fetch(self, statement: str, *about: Any) -> Sequence[Any]:
        async with self._pool.acquire(timeout=10) as connection:
            rows: Sequence[Any] = await connection.fetch(statement, *about)
        return rows

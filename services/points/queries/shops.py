"""Shops and what they offer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from shared.runtime.projections.map_copy import Places
from shared.store.pool import Pool

SHOPS = """
select * from shops where $1::text[] is null or territory = any($1) order by territory, name
"""
SHOP = "select * from shops where shop_id = $1"
ITEMS = "select * from shop_stock where shop = $1 order by category, name, item_id"
ITEM = "select * from shop_stock where item_id = $1"
MOVES = """
with lines as (
    select m.*, (sum(shelf) over up_to)::bigint as shelf_after,
           (sum(held) over up_to)::bigint as held_after
    from stock_moves m where item_id = $1 window up_to as (order by position, move_id)
)
select * from lines where $2::bigint is null or position < $2 order by position desc limit $3
"""
SUPPLIES = """
select m.supply, m.source, count(*)::bigint as deliveries, sum(m.quantity)::bigint as pieces,
       sum(m.cost)::bigint as cost, max(m.at) as latest
from stock_moves m join shop_stock s using (item_id)
where s.shop = $1 and m.kind = 'stock-received' group by 1, 2 order by 5 desc, 1, 2
"""


class Shops:
    """Reads of shops."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def all(self, places: Places) -> Sequence[Any]:
        """Those in these places; all of them without any."""
        return await self._fetch(SHOPS, places)

    async def shop(self, shop: UUID) -> Any | None:
        """None where there is none."""
        return next(iter(await self._fetch(SHOP, shop)), None)

    async def items(self, shop: UUID) -> Sequence[Any]:
        """What it ever offered, by category and name."""
        return await self._fetch(ITEMS, shop)

    async def item(self, item: UUID) -> Any | None:
        """None where there is none."""
        return next(iter(await self._fetch(ITEM, item)), None)

    async def moves(self, item: UUID, after: int | None, limit: int) -> Sequence[Any]:
        """So many lines, the latest first, each with what was there after it."""
        return await self._fetch(MOVES, item, after, limit)

    async def supplies(self, shop: UUID) -> Sequence[Any]:
        """What came from whom, what it cost, the dearest first."""
        return await self._fetch(SUPPLIES, shop)

    async def _fetch(self, statement: str, *about: Any) -> Sequence[Any]:
        async with self._pool.acquire(timeout=10) as connection:
            rows: Sequence[Any] = await connection.fetch(statement, *about)
        return rows

"""Units as of a moment, what lies under what, their links, and what they gave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.store.pool import Pool

PARENT = """(select p.parent from unit_placements p where p.code = u.code and p.since <= $1
             order by p.since desc, p.version desc limit 1)"""
UNITS = f"""
select u.code, u.kind, u.name, u.territory, {PARENT} as parent, u.since, u.until
from org_units u
where u.since <= $1 and (u.until is null or u.until > $1)
  and ($2::text[] is null or u.territory = any($2))
  and ($3::text is null or u.kind = $3)
  and ($4::text is null or u.code > $4)
order by u.code limit $5
"""
UNIT = """
select code, kind, name, territory, parent, since, until from org_units where code = $1
"""
BELOW = f"""
select u.code from org_units u
where u.code in (select code from unit_placements where parent = $2)
  and u.since <= $1 and (u.until is null or u.until > $1) and {PARENT} = $2
order by u.code
"""
ABOVE = """
with recursive above as (
    select code, parent, 1 as depth from org_units where code = $1
    union all
    select u.code, u.parent, above.depth + 1
    from org_units u join above on u.code = above.parent where above.depth < 50
)
select code from above order by depth
"""
LINKS = """
select l.code, u.kind, u.name, l.territory, l.linkage, l.since, l.until
from unit_links l join org_units u on u.code = l.code
where l.since <= $1 and (l.until is null or l.until > $1)
  and ($2::text[] is null or l.territory = any($2)) and ($3::text is null or l.code = $3)
order by l.territory, l.linkage, l.code
"""
STANDING = """
select code from org_units where code = any($1) and until is null
"""
GONE = "select code from org_units where until is not null"
LINES = """
select number, sort, what, amount_fen, occurred_at, due, fulfilled_at, pledge
from partner_contribution where code = $1 order by occurred_at, contribution_id
"""
SUMS = """
select u.code, u.name, u.kind, u.territory,
       coalesce(s.pledges, 0) as pledges, coalesce(s.pledged_fen, 0) as pledged_fen,
       coalesce(s.fulfilled, 0) as fulfilled, coalesce(s.fulfilled_fen, 0) as fulfilled_fen,
       coalesce(s.gifts, 0) as gifts, coalesce(s.given_fen, 0) as given_fen
from contribution_sum s join org_units u on u.code = s.code
where ($1::text[] is null or u.territory = any($1) or exists (
          select 1 from unit_links l where l.code = u.code and l.territory = any($1)))
  and ($2::text is null or u.code = $2)
order by s.given_fen desc, u.code
"""


@dataclass(frozen=True, kw_only=True)
class UnitList:
    """Which units: of these territories, of a kind; `after` continues a page."""

    moment: datetime
    codes: Sequence[str] | None = None
    kind: str | None = None
    after: str | None = None
    limit: int = 500


class Units:
    """Reads units."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def listed(self, wanted: UnitList) -> list[dict[str, Any]]:
        """The units there were, by code."""
        about = (wanted.moment, wanted.codes, wanted.kind, wanted.after, wanted.limit)
        return await self._rows(UNITS, *about)

    async def one(self, code: str) -> dict[str, Any] | None:
        """The unit of this code as it is now, dissolved or not."""
        found = await self._rows(UNIT, code)
        return found[0] if found else None

    async def above(self, code: str) -> list[str]:
        """The unit and those it lies under now, up to the top; a circle ends after 50."""
        return [row["code"] for row in await self._rows(ABOVE, code)]

    async def below(self, code: str, moment: datetime) -> list[str]:
        """The units that lay directly under it."""
        return [row["code"] for row in await self._rows(BELOW, moment, code)]

    async def links(
        self, moment: datetime, codes: Sequence[str] | None = None, unit: str | None = None
    ) -> list[dict[str, Any]]:
        """The links there were: into these territories, of this unit."""
        return await self._rows(LINKS, moment, codes, unit)

    async def standing(self, codes: Sequence[str]) -> set[str]:
        """Those of them that exist now."""
        return {row["code"] for row in await self._rows(STANDING, list(codes))}

    async def gone(self) -> set[str]:
        """The units that are dissolved."""
        return {row["code"] for row in await self._rows(GONE)}

    async def contributions(self, code: str) -> list[dict[str, Any]]:
        """What the unit promised and gave, the oldest first."""
        return await self._rows(LINES, code)

    async def sums(
        self, codes: Sequence[str] | None = None, unit: str | None = None
    ) -> list[dict[str, Any]]:
        """What units of these territories, or linked with them, promised and gave; who gave most
        comes first."""
        return await self._rows(SUMS, codes, unit)

    async def _rows(self, statement: str, *about: Any) -> list[dict[str, Any]]:
        async with self._pool.acquire(timeout=10) as connection:
            return [dict(row) for row in await connection.fetch(statement, *about)]

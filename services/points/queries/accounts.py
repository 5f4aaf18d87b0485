"""Accounts and their statements: every balance is the sum of its lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.points.account.stream import account_of
from services.points.words import Holder
from shared.store.pool import Pool

ACCOUNT = "select * from points_accounts where account_id = $1"
KEPT = """
select * from points_accounts where keeper = $1 or account_id = $2
order by kind desc, opened_at, account_id
"""
# The page is cut first; what lies under it is one sum, which reads the index alone. A deed has the
# id of its line.
STATEMENT = """
with page as materialized (
    select * from point_entries
    where account_id = $1 and ($2::bigint is null or position <= $2)
      and ($3::bigint is null or position < $3)
    order by position desc limit $4
), under as materialized (
    select coalesce(sum(free), 0) as free, coalesce(sum(held), 0) as held,
           coalesce(sum(debt), 0) as debt
    from point_entries where account_id = $1 and position < (select min(position) from page)
)
select p.position as number, p.lot, p.kind, p.at, p.amount, p.over, p.reason, p.about, p.day,
       p.expires, p.rules, p.territory, p.actor, p.subject, p.note, p.proof,
       (u.free + sum(p.free) over up_to)::bigint as free,
       (u.held + sum(p.held) over up_to)::bigint as held,
       (u.debt + sum(p.debt) over up_to)::bigint as owed, d.standing
from page p cross join under u left join point_deeds d on d.deed_id = p.entry_id
window up_to as (order by p.position)
order by p.position desc
"""


@dataclass(frozen=True, kw_only=True)
class Lines:
    """Which lines of whose statement: up to this position, and behind that one."""

    kind: Holder
    holder: UUID
    upto: int | None = None
    after: int | None = None


class Accounts:
    """Reads of points."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def of(self, kind: Holder, holder: UUID) -> Any | None:
        """The account of this holder; None where nothing is kept for them."""
        async with self._pool.acquire(timeout=10) as connection:
            return await connection.fetchrow(ACCOUNT, account_of(kind, holder))

    async def kept(self, person: UUID, household: UUID | None) -> list[Any]:
        """The accounts that this person keeps, their own first, and that of this household."""
        shared = account_of("household", household) if household else None
        async with self._pool.acquire(timeout=10) as connection:
            return [*await connection.fetch(KEPT, person, shared)]

    async def lines(self, wanted: Lines, limit: int) -> list[dict[str, Any]]:
        """So many lines, the latest first, each with what was there after it."""
        about = (account_of(wanted.kind, wanted.holder), wanted.upto, wanted.after, limit)
        async with self._pool.acquire(timeout=10) as connection:
            return [dict(row) for row in await connection.fetch(STATEMENT, *about)]

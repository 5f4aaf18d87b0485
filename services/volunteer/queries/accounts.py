"""Accounts and their statements: every balance is the sum of its lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.volunteer.account.stream import account_of
from services.volunteer.pool.stream import stream_of
from shared.store.pool import Pool

ACCOUNT = "select * from time_accounts where account_id = $1"
# The sums run over all lines of the account, then the page is cut, and only then records are found.
STATEMENT = """
with lines as (
    select e.*, sum(free) over up_to as free_after, sum(held) over up_to as held_after,
           sum(debt) over up_to as debt_after
    from time_entries e where account_id = $1 and ($2::timestamptz is null or at < $2)
    window up_to as (order by position, entry_id)
), page as materialized (
    select *, case when kind in ('time-deposited', 'excess-honoured', 'time-reversed')
              then about::bigint end as record
    from lines where $3::bigint is null or position < $3 order by position desc, entry_id limit $4
)
select l.position as number, l.kind, l.at, l.amount, l.honoured, l.other, l.about,
       l.free_after::bigint as free, l.held_after::bigint as held, l.debt_after::bigint as owed,
       r.service, r.day, r.activity
from page l left join service_records r on r.account_id = l.account_id and r.record = l.record
order by l.position desc
"""
STOOD = """
select coalesce(sum(free), 0)::bigint as free, coalesce(sum(held), 0)::bigint as held,
       coalesce(sum(debt), 0)::bigint as owed
from time_entries where account_id = $1 and ($2::timestamptz is null or at < $2)
"""
POOL = "select * from time_pools where pool_id = $1"
OWED = """
select territory, sum(accounts)::bigint as accounts, sum(served)::bigint as served,
       sum(balance)::bigint as free, sum(held)::bigint as held, sum(debt)::bigint as owed
from time_liability where $1::text[] is null or territory = any($1) group by territory
"""
POOLED = """
select territory, sum(balance)::bigint as pool from time_pools
where $1::text[] is null or territory = any($1) group by territory
"""
LATELY = """
select territory, sum(minutes)::bigint as lately from hours_cube
where ($1::text[] is null or territory = any($1)) and month = any($2) group by territory
"""


@dataclass(frozen=True, kw_only=True)
class Lines:
    """Which lines of whose statement: before a moment, behind this position."""

    person: UUID
    before: datetime | None = None
    after: int | None = None


class Accounts:
    """Reads of time."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def of(self, person: UUID) -> Any | None:
        """The account of this person; None where nothing is kept for them."""
        async with self._pool.acquire(timeout=10) as connection:
            return await connection.fetchrow(ACCOUNT, account_of(person))

    async def lines(self, wanted: Lines, limit: int) -> list[dict[str, Any]]:
        """So many lines, the latest first, each with what was there after it."""
        about = (account_of(wanted.person), wanted.before, wanted.after, limit)
        async with self._pool.acquire(timeout=10) as connection:
            return [dict(row) for row in await connection.fetch(STATEMENT, *about)]

    async def stood(self, person: UUID, before: datetime | None) -> dict[str, int]:
        """What was free, held and owed then."""
        async with self._pool.acquire(timeout=10) as connection:
            [row] = await connection.fetch(STOOD, account_of(person), before)
            return dict(row)

    async def pool(self, territory: str) -> Any | None:
        """The pool of this territory; None where nothing was given to it yet."""
        async with self._pool.acquire(timeout=10) as connection:
            return await connection.fetchrow(POOL, stream_of(territory))

    async def liability(
        self, places: Sequence[str] | None, months: Sequence[str]
    ) -> list[dict[str, Any]]:
        """What is in the accounts and pools of each of these places, and what was approved of these
        months there: some of it in each."""
        async with self._pool.acquire(timeout=10) as connection:
            return [
                dict(row)
                for statement, about in (
                    (OWED, (places,)),
                    (POOLED, (places,)),
                    (LATELY, (places, months)),
                )
                for row in await connection.fetch(statement, *about)
            ]

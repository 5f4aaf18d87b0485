"""What every account did in some months, account by account, read as a stream: however many deeds
there are, a page of them and one account are held in memory."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import NamedTuple
from uuid import UUID

from services.points.rules.replaying import Done
from shared.store.pool import Connection, Pool

HOMES = "select distinct territory from points_accounts"
# The walk is the whole of it: a plan that gives its first rows soon is no better. Who is gone is
# noticed while the server sorts.
SETTINGS = """
set local cursor_tuple_fraction = 1; set local work_mem = '64MB';
set local client_connection_check_interval = '1s'; set local jit = off
"""
WALK = """
select d.account_id, a.territory, d.reason, d.quantity, d.day, d.points
from point_deeds d join points_accounts a on a.account_id = d.account_id
where d.standing and d.day between $1 and $2 and a.territory = any($3)
order by d.account_id, d.position
"""
PAGE = 5_000


class Span(NamedTuple):
    """From the first day of one month to the last of another, as `2026-01`."""

    first: str
    last: str


async def homes(pool: Pool) -> list[str]:
    """Every place in which an account is at home."""
    async with pool.acquire(timeout=10) as connection:
        return [code for (code,) in await connection.fetch(HOMES)]


async def walk(
    connection: Connection, span: Span, places: list[str], patience: float
) -> AsyncGenerator[tuple[UUID, str, list[Done]], None]:
    """Each account at home in these places, with its deeds that stand, in the order in which they
    were told. No page takes longer than `patience` seconds."""
    async with connection.transaction(readonly=True):
        await connection.execute(SETTINGS)
        days = f"{span.first}-01", f"{span.last}-31"
        cursor = await connection.cursor(WALK, *days, places, timeout=patience)
        account, home, deeds = None, "", list[Done]()
        while rows := await cursor.fetch(PAGE, timeout=patience):
            for row in rows:
                if row[0] != account:
                    if account is not None:
                        yield account, home, deeds
                    account, home, deeds = row[0], row[1], []
                deeds.append(Done(row[2], row[3], row[4], row[5]))
        if account is not None:
            yield account, home, deeds

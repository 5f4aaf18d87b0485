"""Tries at what a short secret guards: few in a while, however many processes are asked.

A try is counted before the secret is looked at, in one statement, so a thousand tries at once are
no more than the count allows. A refused try counts for nothing: nobody is kept out for longer than
WINDOW after the first wrong try.
"""

from __future__ import annotations

from datetime import timedelta

from shared.store.pool import Pool

WINDOW = timedelta(minutes=15)
# How many seconds have to pass after each try before the next; there are no more in one window.
WAITS = (0, 0, 0, 0, 2, 4, 8, 16, 32)
MOST = len(WAITS) + 1

TAKE = """
insert into attempt as a (subject, tries, began, latest) values ($1, 1, now(), now())
on conflict (subject) do update
set tries = case when a.began <= now() - $2::interval then 1 else a.tries + 1 end,
    began = case when a.began <= now() - $2::interval then now() else a.began end,
    latest = now()
where a.began <= now() - $2::interval
   or a.latest <= now() - make_interval(secs => ($3::int[])[a.tries])
returning tries
"""
# Past the last try there is no wait of its own: the window has to end.
LEFT = """
select ceil(extract(epoch from coalesce(
    latest + make_interval(secs => ($3::int[])[tries]), began + $2::interval) - now()))::int
from attempt where subject = $1
"""
FORGET = "delete from attempt where subject = $1"
SWEEP = "delete from attempt where began <= now() - $1::interval"


class Attempts:
    """Counts tries by what they are about."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def take(self, subject: str) -> int:
        """0 when one more try is allowed, which is counted with that; else for how many seconds
        there is none."""
        asked = (subject, WINDOW, list(WAITS))
        async with self._pool.acquire(timeout=10) as connection:
            if await connection.fetchval(TAKE, *asked) is not None:
                return 0
            left: int | None = await connection.fetchval(LEFT, *asked)
        return max(left or 0, 1)

    async def forget(self, subject: str) -> None:
        """The secret was known: the tries before it count no more."""
        async with self._pool.acquire(timeout=10) as connection:
            await connection.execute(FORGET, subject)

    async def sweep(self) -> None:
        """Forget the tries of windows that have ended."""
        async with self._pool.acquire(timeout=10) as connection:
            await connection.execute(SWEEP, WINDOW)

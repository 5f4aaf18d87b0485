"""A table written anew, so that nothing of what was deleted or changed is left in its file.

A plain vacuum leaves old bytes between the rows of a page. Writing anew spares what somebody might
still see, and by its own snapshot that is all that was there when the oldest transaction of the
whole server began, whatever its database: these have to be over first.
"""

from __future__ import annotations

import asyncio

from shared.store.pool import Connection

NEXT = "select pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
OLDEST = "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
# Whoever waits for the table may have looked before, too: they are let past first.
PASSED = "lock table {} in access exclusive mode"
ANEW = "vacuum full {}"
PAUSE = 0.01


async def write_anew(
    connection: Connection, table: str, *, patience: float, within: float | None = None
) -> bool:
    """Write the table anew once all transactions that go on now are over. False, and nothing was
    done, where that takes longer than `patience` seconds. Writing may take `within` seconds.

    A dump of this database that began before keeps what it may see.
    """
    loop = asyncio.get_running_loop()
    until, upto = loop.time() + patience, await connection.fetchval(NEXT)
    while await connection.fetchval(OLDEST) < upto:
        if loop.time() > until:
            return False
        await asyncio.sleep(PAUSE)
    async with connection.transaction():
        await connection.execute(PASSED.format(table))
    await connection.execute(ANEW.format(table), timeout=within)
    return True

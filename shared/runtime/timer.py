"""The timer: what time alone brings about is noted within a second, by one process at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime

import structlog

from shared.runtime.commands.grouped import Overloaded
from shared.runtime.commands.submission import Contended
from shared.runtime.projections.watermarks import StandsStill
from shared.store import turn
from shared.store.held import Unavailable
from shared.store.pool import TRANSIENT, Pool

TICK = 1.0  # seconds
# Whoever has this turn notes, or has the timer stand still meanwhile.
TURN = "timekeeping"

log = structlog.get_logger()


async def run(pool: Pool, note: Callable[[datetime], Awaitable[int]], stop: asyncio.Event) -> None:
    """Have noted what has come due every TICK seconds until told to stop; `note` answers for how
    many things that was. What passes of what keeps it from noting is tried again."""
    while not stop.is_set():
        try:
            async with pool.acquire(timeout=10) as connection, connection.transaction():
                mine = await turn.taken(connection, TURN)
                if mine and (noted := await note(datetime.now(UTC))):
                    log.info("timekeeping.noted", noted=noted)
        except (*TRANSIENT, Contended, Overloaded, StandsStill, Unavailable) as fault:
            log.warning("timekeeping.interrupted", fault=type(fault).__name__)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), TICK)

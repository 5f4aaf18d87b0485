"""The timer: what time alone brings about is noted within a second, once each, by one process.

It catches up after it stood still: each thing that is noted is a command with an id of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import UTC, datetime

import structlog

from services.volunteer.helping import lapsing
from services.volunteer.promising.noting import note_missed
from services.volunteer.service import Volunteers
from services.volunteer.serving.noting import note_no_check_in
from shared.runtime.commands.grouped import Overloaded
from shared.runtime.commands.submission import Contended
from shared.runtime.projections.watermarks import StandsStill
from shared.store import turn
from shared.store.held import Unavailable
from shared.store.pool import TRANSIENT

TICK = 1.0  # seconds
# Whoever has this turn notes, or has the timer stand still meanwhile.
TURN = "timekeeping"

# Each notes what has come due by a moment, and answers for how many things that was.
Note = Callable[[Volunteers, datetime], Coroutine[None, None, int]]
NOTES: tuple[Note, ...] = (lapsing.note, note_missed, note_no_check_in)

log = structlog.get_logger()


async def run(service: Volunteers, stop: asyncio.Event) -> None:
    """Note what has come due every TICK seconds until told to stop; one process at a time does."""
    while not stop.is_set():
        try:
            async with service.pool.acquire(timeout=10) as connection, connection.transaction():
                mine = await turn.taken(connection, TURN)
                if mine and (noted := await note(service, datetime.now(UTC))):
                    log.info("timekeeping.noted", noted=noted)
        except (*TRANSIENT, Contended, Overloaded, StandsStill, Unavailable) as fault:
            log.warning("timekeeping.interrupted", fault=type(fault).__name__)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), TICK)


async def note(service: Volunteers, moment: datetime) -> int:
    """Note everything that has come due by this moment. The read models have to be kept up
    meanwhile."""
    return sum([await one(service, moment) for one in NOTES])

"""The timer: what time alone brings about is noted within a second, once each, by one process.

It catches up after it stood still: each thing that is noted is a command with an id of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime

from services.points.expiring.noticing import notice
from services.points.expiring.sweeping import sweep
from services.points.service import PointsService
from services.points.shopping import lapsing
from shared.runtime import timer

# Each notes what has come due by a moment, and answers for how many things that was.
Note = Callable[[PointsService, datetime], Coroutine[None, None, int]]
NOTES: tuple[Note, ...] = (lapsing.note, sweep, notice)


async def run(service: PointsService, stop: asyncio.Event) -> None:
    """Note what has come due until told to stop; one process at a time does."""
    await timer.run(service.pool, lambda moment: note(service, moment), stop)


async def note(service: PointsService, moment: datetime) -> int:
    """Note everything that has come due by this moment. The read models have to be kept up
    meanwhile."""
    return sum([await one(service, moment) for one in NOTES])

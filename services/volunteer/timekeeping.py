"""The timer: what time alone brings about is noted within a second, once each, by one process.

It catches up after it stood still: each thing that is noted is a command with an id of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime

from services.volunteer.helping import lapsing
from services.volunteer.promising.noting import note_missed
from services.volunteer.service import Volunteers
from services.volunteer.serving.noting import note_no_check_in
from shared.runtime import timer

# Each notes what has come due by a moment, and answers for how many things that was.
Note = Callable[[Volunteers, datetime], Coroutine[None, None, int]]
NOTES: tuple[Note, ...] = (lapsing.note, note_missed, note_no_check_in)


async def run(service: Volunteers, stop: asyncio.Event) -> None:
    """Note what has come due until told to stop; one process at a time does."""
    await timer.run(service.pool, lambda moment: note(service, moment), stop)


async def note(service: Volunteers, moment: datetime) -> int:
    """Note everything that has come due by this moment. The read models have to be kept up
    meanwhile."""
    return sum([await one(service, moment) for one in NOTES])

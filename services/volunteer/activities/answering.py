"""What an activity answers to: it is planned because of a promise, and held because of a plan."""

from __future__ import annotations

from uuid import UUID

from services.volunteer.files import state_of
from services.volunteer.log import LOG
from services.volunteer.series.decider import series
from services.volunteer.service import Volunteers
from shared.runtime.commands.because import Because, because

# A series is established, and an activity planned, by the first event of its stream.
FIRST = 1


async def promise(service: Volunteers, series_id: UUID | None, territory: str) -> Because | None:
    """How the series was established that an activity in this territory belongs to; None without
    one, and for one that lies elsewhere."""
    if series_id is None:
        return None
    known, within = await state_of(service.pool, series, series_id), service.map.within
    lies = known.territory
    if not lies or not (within(lies, territory) or within(territory, lies)):
        return None
    return await because(service.pool, LOG, series_id, FIRST)


async def plan(service: Volunteers, activity_id: UUID) -> Because | None:
    """How this activity was planned."""
    return await because(service.pool, LOG, activity_id, FIRST)

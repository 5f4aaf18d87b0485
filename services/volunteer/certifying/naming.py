"""The name on a certificate, from the register of volunteers."""

from __future__ import annotations

from uuid import UUID

from services.volunteer.log import EVENTS
from services.volunteer.service import Volunteers
from services.volunteer.volunteer.events import VolunteerChanged, VolunteerRegistered
from services.volunteer.volunteer.stream import volunteer_of
from shared.store import read


async def vouched(service: Volunteers, person: UUID) -> str | None:
    """The name in the register as the log has it, if somebody else put it there; None for one that
    the person stated, or a certificate could be had in another's name, and once it was erased."""
    async with service.pool.acquire(timeout=10) as connection:
        rows = await read.stream(connection, volunteer_of(person))
    told = [(row["actor"], read.decode(EVENTS, row).event) for row in rows]
    named = [
        (actor, event.name)
        for actor, event in told
        if isinstance(event, VolunteerRegistered | VolunteerChanged) and event.name is not None
    ]
    if not named or named[-1][0] == str(person):
        return None
    [text] = await service.sealer.open([named[-1][1]])
    return text

"""One request for help, from its own stream, so that a step is never decided on what was."""

from __future__ import annotations

from uuid import UUID

from services.volunteer.help.decider import help_request
from services.volunteer.help.state import Help
from services.volunteer.log import EVENTS
from services.volunteer.service import Volunteers
from shared.core.messages import Actor
from shared.runtime.web.problems import Problem
from shared.store import read


async def opened(service: Volunteers, help_id: UUID) -> Help:
    """The request as it stands. Raises Problem (404) where there is none of this id."""
    async with service.pool.acquire(timeout=10) as connection:
        rows = await read.stream(connection, help_id)
    if not rows or any(row["type"] not in help_request.events.classes for row in rows):
        raise no_such_help(help_id)
    return help_request.fold(read.decode(EVENTS, row).event for row in rows)


def person_of(actor: Actor) -> UUID | None:
    """Who the actor is as a person; None for one who has no id of a person."""
    try:
        return UUID(actor.id)
    except ValueError:
        return None


def no_such_help(help_id: UUID) -> Problem:
    """The same answer for one that is not there and for one that is not theirs to see."""
    return Problem(404, "no_such_help", f"there is no request {help_id} that you may see")

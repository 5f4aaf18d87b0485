"""One claim, from its own stream, so that a step is never decided on what was."""

from __future__ import annotations

from uuid import UUID

from services.points.access import ACCESS
from services.points.claim.decider import claim
from services.points.claim.state import Claim
from services.points.log import EVENTS
from services.points.service import PointsService
from shared.core.access import Thing
from shared.core.messages import Actor, Forbidden
from shared.runtime.web.problems import Problem
from shared.store import read


async def seen(service: PointsService, claim_id: UUID, actor: Actor, action: str) -> Claim:
    """The claim as it stands, for whoever may do this to it. Raises Problem (404) where there is
    none for this actor, Forbidden for a role that may not do it to any. The map must be fresh."""
    async with service.pool.acquire(timeout=10) as connection:
        rows = await read.stream(connection, claim_id)
    ours = all(row["type"] in claim.events.classes for row in rows)
    found = claim.fold(read.decode(EVENTS, row).event for row in rows) if ours else claim.initial
    places = (found.territory or actor.territory,)
    try:
        ACCESS.check(actor, action, Thing(places, owner=found.owner), service.map.within)
    except Forbidden as no:
        if no.code == "role_missing":
            raise
        raise no_such_claim(claim_id) from no
    if found.status == "new":
        raise no_such_claim(claim_id)
    return found


def no_such_claim(claim_id: UUID) -> Problem:
    """The same answer for one that is not there and for one that is not theirs to see."""
    return Problem(404, "no_such_claim", f"there is no claim {claim_id} that you may see")

"""Pages of claims, and what one may claim, for whoever asks."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from services.points.access import ACCESS
from services.points.account.stream import account_of
from services.points.caller import Caller
from services.points.claiming import views
from services.points.claiming.desk import whose
from services.points.claiming.filters import ClaimableFilter, ClaimFilter
from services.points.homing import home_of
from services.points.queries.claims import Claims, Sought
from services.points.rules.granting import Counted
from shared.core.access import Reach, Thing
from shared.core.local_time import day_of
from shared.core.messages import Forbidden

NOBODY = UUID(int=0)


async def page(caller: Caller, wanted: ClaimFilter) -> dict[str, Any]:
    """Claims that the caller may see. Raises Forbidden."""
    service = caller.service
    sought = await _sought(caller, wanted)
    mark = await service.watermarks.reach("point_claims", wanted.min_position)
    claims = Claims(service.pool)
    rows = await claims.page(sought, wanted.limit + 1)
    shown = rows[: wanted.limit]
    waiting = await claims.waiting(sought.places) if sought.person is None else {}
    shelf = await service.books.fresh()
    return {
        "items": await views.lines(service, shown, caller.actor),
        "next": shown[-1]["position"] if len(rows) > wanted.limit else None,
        "waiting": [
            {"reason": code, "claims": some, **views.labels(shelf, code)}
            for code, some in waiting.items()
        ],
        "watermark": mark.model_dump(),
    }


async def claimable(caller: Caller, wanted: ClaimableFilter, now: datetime) -> dict[str, Any]:
    """What the caller may claim, for themselves or for somebody. Raises Forbidden, Rejected."""
    service, actor = caller.service, caller.actor
    ACCESS.check_role(actor, "read_claimable")
    person = whose(wanted.person, actor)
    place = wanted.territory or actor.territory
    await service.map.fresh()
    ACCESS.check(actor, "read_claimable", Thing((place,), owner=str(person)), service.map.within)
    mark = await service.watermarks.reach("point_deeds", wanted.min_position)
    home = await home_of(service, person, place)
    theirs = person == actor.person or service.map.within(home, actor.territory)
    rules = await service.rules(home, now)
    today, holder = day_of(now), account_of("person", person)
    given = await Claims(service.pool).given([holder], [today])
    known = given.get(holder, Counted())
    return {
        "person": person,
        "rules": rules.version,
        "reasons": views.reasons(rules, known if theirs else None, today),
        "watermark": mark.model_dump(),
    }


async def _sought(caller: Caller, wanted: ClaimFilter) -> Sought:
    service, actor = caller.service, caller.actor
    await service.map.fresh()
    within, person = service.map.within, wanted.person
    if person is not None and str(person) == actor.id:
        # one's own are one's own wherever it was done
        ACCESS.check(actor, "read_claims", Thing(owner=actor.id), within)
        territory = wanted.territory
    else:
        asked = Reach(wanted.territory, owner=str(person) if person else None)
        reach = ACCESS.reach(actor, "read_claims", asked, within)
        if reach.owner == actor.id:
            if person is not None:
                raise Forbidden("not_your_own", "these are not your claims")
            person = actor.person or NOBODY
        territory = reach.territory
    return Sought(
        places=service.map.below(territory),
        person=person,
        reason=wanted.reason,
        status=wanted.status,
        oldest_first=wanted.oldest_first,
        after=wanted.after,
    )

"""How it is known that somebody is there: by the code on site, a recorder's word, a photo."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from services.volunteer.access import ACCESS
from services.volunteer.activities.forms import Arriving
from services.volunteer.activity.words import Arrival
from services.volunteer.service import Volunteers
from shared.core.access import Thing
from shared.core.messages import Actor, Rejected
from shared.runtime.web.problems import Problem


async def evidence(
    service: Volunteers, where: tuple[UUID, str], form: Arriving, actor: Actor
) -> Arrival:
    """How well it is known. `where` is the activity and its territory. Raises Rejected for a wrong
    code, and where a code is needed; Problem (429) after some wrong ones."""
    activity, territory = where
    if form.code is not None:
        if form.occurred_at is not None:
            detail = "a code says that somebody is there now, not that they were"
            raise Rejected("code_is_for_now", detail, "occurred_at")
        await _check_code(service, activity, form.code, actor)
        return "site_code"
    thing = Thing((territory,))
    if not ACCESS.allows(actor, "mark_attendance", thing, service.map.within):
        raise Rejected("site_code_missing", "type the code that is shown on site", "code")
    return "photo" if form.proof is not None else "recorder"


async def _check_code(service: Volunteers, activity: UUID, code: str, actor: Actor) -> None:
    """Each person has tries of their own, so that nobody keeps others out by guessing."""
    guarded = f"site-code {activity} {actor.id}"
    if seconds := await service.attempts.take(guarded):
        detail = f"too many wrong codes; try again in {seconds} seconds"
        raise Problem(429, "too_many_tries", detail, headers={"retry-after": str(seconds)})
    if not service.site_codes.fits(activity, code, datetime.now(UTC)):
        raise Rejected("wrong_site_code", "this is not the code that is shown now", "code")
    await service.attempts.forget(guarded)

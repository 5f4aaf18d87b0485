"""Entrypoint: what is read of activities over HTTP."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from services.volunteer.access import ACCESS
from services.volunteer.activities import views
from services.volunteer.activities.answers import (
    ActivityList,
    ActivityView,
    EffectList,
    SiteCode,
)
from services.volunteer.activities.desk import no_such_activity
from services.volunteer.activities.forms import ActivityFilter, EffectFilter, OneFilter
from services.volunteer.activities.site_codes import lasts_until
from services.volunteer.caller import Called
from services.volunteer.queries.activities import ActivityQueries, Asked
from shared.core.access import Reach, Thing
from shared.core.local_time import day_of, end_of, start_of
from shared.runtime.web import documented
from shared.runtime.web.answering import answer_with

router = APIRouter(responses=documented.problems(401, 403, 404, 422, 503))


@router.get("/activities", response_model=ActivityList, operation_id="read_activities")
async def read_activities(caller: Called, wanted: Annotated[ActivityFilter, Query()]) -> Response:
    """What is on, the first first: from today on, unless other days are asked for."""
    service, actor = caller.service, caller.actor
    await service.map.fresh()
    seen = ACCESS.reach(actor, "read_activities", Reach(wanted.territory), service.map.within)
    mark = await service.watermarks.reach("activities", wanted.min_position)
    await service.watermarks.reach("activity_people", wanted.min_position)
    since = wanted.since or day_of(datetime.now(UTC))
    same = ("status", "mode", "kind", "team", "series", "campaign", "mine", "after")
    asked = Asked(
        places=service.map.below(seen.territory),
        since=start_of(since),
        until=end_of(wanted.until) if wanted.until else None,
        **{name: getattr(wanted, name) for name in same},
    )
    rows = await ActivityQueries(service.pool).page(asked, views.self_of(actor), wanted.limit + 1)
    shown = rows[: wanted.limit]
    page = {
        "items": [views.line(row) for row in shown],
        "next": shown[-1]["activity_id"] if len(rows) > wanted.limit else None,
        "watermark": mark.model_dump(),
    }
    return answer_with(page)


@router.get("/activities/{activity_id}", response_model=ActivityView, operation_id="read_activity")
async def read_activity(
    activity_id: UUID, caller: Called, wanted: Annotated[OneFilter, Query()]
) -> Response:
    """An activity; with the sheet of those who come, for whoever may see it."""
    service, actor = caller.service, caller.actor
    await service.map.fresh()
    ACCESS.reach(actor, "read_activity", Reach(), service.map.within)
    mark = await service.watermarks.reach("activities", wanted.min_position)
    await service.watermarks.reach("activity_people", wanted.min_position)
    row = await ActivityQueries(service.pool).one(activity_id, views.self_of(actor))
    if row is None:
        raise no_such_activity(activity_id)
    told = await views.view(service, actor, row)
    return answer_with({**told, "watermark": mark.model_dump()})


@router.get(
    "/activities/{activity_id}/code", response_model=SiteCode, operation_id="read_site_code"
)
async def read_site_code(activity_id: UUID, caller: Called) -> Response:
    """The code to show on site. There is another one every five minutes."""
    service = caller.service
    await service.map.fresh()
    row = await ActivityQueries(service.pool).one(activity_id, None)
    if row is None or row["status"] != "planned":
        raise no_such_activity(activity_id)
    thing = Thing((row["territory"],))
    ACCESS.check(caller.actor, "read_site_code", thing, service.map.within)
    now = datetime.now(UTC)
    told = {"code": service.site_codes.of(activity_id, now), "until": lasts_until(now)}
    return answer_with(told, headers={"cache-control": "no-store"})


@router.get("/campaign-effects", response_model=EffectList, operation_id="read_campaign_effects")
async def read_campaign_effects(
    caller: Called, wanted: Annotated[EffectFilter, Query()]
) -> Response:
    """What came of campaigns: their activities together."""
    service = caller.service
    await service.map.fresh()
    asked = Reach(wanted.territory)
    seen = ACCESS.reach(caller.actor, "read_campaign_effects", asked, service.map.within)
    mark = await service.watermarks.reach("activities", wanted.min_position)
    places = service.map.below(seen.territory)
    rows = await ActivityQueries(service.pool).effects(
        places, wanted.campaign, wanted.after, wanted.limit + 1
    )
    shown = rows[: wanted.limit]
    more = shown[-1]["campaign"] if len(rows) > wanted.limit else None
    return answer_with({"items": shown, "next": more, "watermark": mark.model_dump()})

"""Entrypoint: stars as they are read, and the public notice, which needs no token."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from services.volunteer.access import ACCESS
from services.volunteer.awarding import views
from services.volunteer.awarding.answers import DoubtList, NoticeList, StarQueue, StarsView
from services.volunteer.awarding.file import readable
from services.volunteer.awarding.forms import DoubtFilter, NoticeFilter, QueueFilter
from services.volunteer.caller import Called
from services.volunteer.queries.stars import StarQueries, Waiting
from services.volunteer.service import Volunteers
from shared.core.access import Reach
from shared.core.local_time import day_of
from shared.runtime.web import documented
from shared.runtime.web.answering import answer_with
from shared.runtime.web.requests import check_said_once

READS = documented.problems(401, 403, 404, 422, 503)

router = APIRouter()


def _reached(request: Request) -> Volunteers:
    check_said_once(request)
    service: Volunteers = request.app.state.service
    return service


Reached = Annotated[Volunteers, Depends(_reached)]


@router.get("/stars", response_model=StarQueue, operation_id="read_stars", responses=READS)
async def read_stars(caller: Called, wanted: Annotated[QueueFilter, Query()]) -> Response:
    """What was applied for in the actor's territory, the oldest first."""
    service, asked = caller.service, Reach(wanted.territory)
    await service.map.fresh()
    seen = ACCESS.reach(caller.actor, "read_stars", asked, service.map.within)
    mark = await service.watermarks.reach("star_standing", wanted.min_position)
    places = service.map.below(seen.territory)
    sought = Waiting(today=_today(), places=places, state=wanted.state, after=wanted.after)
    rows = await StarQueries(service.pool).waiting(sought, wanted.limit + 1)
    page = _page(rows, wanted.limit, "asked")
    found = await views.named(service, caller.actor, rows[: wanted.limit])
    items = [views.line(row, name) for row, name in found]
    return answer_with({"items": items, **page, "watermark": mark.model_dump()})


@router.get(
    "/star-doubts", response_model=DoubtList, operation_id="read_star_doubts", responses=READS
)
async def read_star_doubts(caller: Called, wanted: Annotated[DoubtFilter, Query()]) -> Response:
    """Stars whose hours were reversed below what they took, until somebody has decided."""
    service, asked = caller.service, Reach(wanted.territory)
    await service.map.fresh()
    seen = ACCESS.reach(caller.actor, "read_star_doubts", asked, service.map.within)
    mark = await service.watermarks.reach("star_standing", wanted.min_position)
    places = service.map.below(seen.territory)
    rows = await StarQueries(service.pool).doubted(places, wanted.after, wanted.limit + 1)
    page = _page(rows, wanted.limit, "person")
    found = await views.named(service, caller.actor, rows[: wanted.limit])
    items = [views.doubt(row, name) for row, name in found]
    return answer_with({"items": items, **page, "watermark": mark.model_dump()})


@router.get(
    "/stars/{person}", response_model=StarsView, operation_id="read_own_stars", responses=READS
)
async def read_own_stars(person: UUID, caller: Called) -> Response:
    """A person's stars, what their hours would reach under the rules in force, and what is missing
    to the next; for themselves and for those who judge it."""
    file = await readable(caller.service, person, caller.actor)
    view = await views.view(caller.service, file, caller.actor)
    return answer_with(view, headers={"etag": f'"{view["version"]}"'})


@router.get(
    "/star-notices",
    response_model=NoticeList,
    operation_id="read_star_notices",
    responses=documented.problems(422, 503),
    openapi_extra=documented.OPEN,
)
async def read_star_notices(service: Reached, wanted: Annotated[NoticeFilter, Query()]) -> Response:
    """What is on public notice today, for everybody; no login is needed. Whoever objects says who
    they are."""
    await service.map.fresh()
    mark = await service.watermarks.reach("star_standing", wanted.min_position)
    places = service.map.below(wanted.territory)
    sought = Waiting(today=_today(), places=places, after=wanted.after)
    rows = await StarQueries(service.pool).on_notice(sought, wanted.limit + 1)
    page = _page(rows, wanted.limit, "asked")
    items = await views.notices(service, rows[: wanted.limit])
    return answer_with({"items": items, **page, "watermark": mark.model_dump()})


def _today() -> str:
    return day_of(datetime.now(UTC))


def _page(rows: Sequence[Any], limit: int, key: str) -> dict[str, Any]:
    return {"next": rows[limit - 1][key] if len(rows) > limit else None}

"""Entrypoint: honours as they are read; the wall and the public notice need no token."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from services.points.access import ACCESS
from services.points.caller import Called, Reached
from services.points.honouring import views
from services.points.honouring.answers import (
    HonourQueue,
    HonourView,
    HonourWall,
    KindList,
    NoticeList,
)
from services.points.honouring.file import readable
from services.points.honouring.forms import KindFilter, NoticeFilter, QueueFilter, WallFilter
from services.points.queries.honours import After, HonourQueries, Hung, Waiting
from shared.core.access import Reach
from shared.core.local_time import day_of
from shared.runtime.web import documented
from shared.runtime.web.answering import answer_with
from shared.runtime.web.requests import actor_if_any

READS = documented.problems(401, 403, 404, 422, 503)
OPEN: dict[str, Any] = {
    "responses": documented.problems(401, 422, 503), "openapi_extra": documented.OPEN
}  # fmt: skip
OPEN_TO_ACTORS: dict[str, Any] = {**OPEN, "openapi_extra": documented.OPEN_TO_ACTORS}

router = APIRouter()


@router.get("/honours", response_model=HonourQueue, operation_id="read_honours", responses=READS)
async def read_honours(caller: Called, wanted: Annotated[QueueFilter, Query()]) -> Response:
    """Nominations in the actor's territory, the oldest first: those that wait, or those in a state;
    one's own for who judges none, whatever became of them."""
    service, actor = caller.service, caller.actor
    await service.map.fresh()
    seen = ACCESS.reach(actor, "read_honours", Reach(wanted.territory), service.map.within)
    mark = await service.watermarks.reach("honour_wall", wanted.min_position)
    sought = Waiting(
        today=_today(),
        places=service.map.below(seen.territory),
        state=wanted.state,
        person=actor.person if seen.owner else None,
        after=wanted.after,
    )
    nobody = seen.owner is not None and actor.person is None
    asked = HonourQueries(service.pool)
    rows = [] if nobody else await asked.waiting(sought, wanted.limit + 1)
    items = await views.queue(service, actor, rows[: wanted.limit])
    page = _page(rows, wanted.limit)
    return answer_with({"items": items, **page, "watermark": mark.model_dump()})


@router.get(
    "/honour-notices", response_model=NoticeList, operation_id="read_honour_notices", **OPEN
)
async def read_honour_notices(
    service: Reached, wanted: Annotated[NoticeFilter, Query()]
) -> Response:
    """What is on public notice today, for everybody; no login is needed. Whoever objects says who
    they are."""
    await service.map.fresh()
    mark = await service.watermarks.reach("honour_wall", wanted.min_position)
    places = service.map.below(wanted.territory)
    sought = Waiting(today=_today(), places=places, after=wanted.after)
    rows = await HonourQueries(service.pool).on_notice(sought, wanted.limit + 1)
    items = await views.notices(service, rows[: wanted.limit])
    page = _page(rows, wanted.limit)
    return answer_with({"items": items, **page, "watermark": mark.model_dump()})


@router.get(
    "/honour-wall", response_model=HonourWall, operation_id="read_honour_wall", **OPEN_TO_ACTORS
)
async def read_honour_wall(
    request: Request, service: Reached, wanted: Annotated[WallFilter, Query()]
) -> Response:
    """The honours that are held, the newest first, for everybody. Names are in full for who has
    logged in; everybody else reads their first character."""
    known = actor_if_any(request, request.app.state.verifier) is not None
    await service.map.fresh()
    mark = await service.watermarks.reach("honour_wall", wanted.min_position)
    after = _after(wanted.after)
    places = service.map.below(wanted.territory)
    hung = Hung(places=places, year=wanted.year, kind=wanted.kind, code=wanted.code, after=after)
    asked = HonourQueries(service.pool)
    rows = await asked.held(hung, wanted.limit + 1)
    shown = rows[: wanted.limit]
    more = len(rows) > wanted.limit
    told = {
        "territory": wanted.territory or service.map.atlas.district,
        "items": await views.wall(service, shown, known=known),
        "kinds": [dict(row) for row in await asked.kinds(hung)],
        "years": [dict(row) for row in await asked.years(hung)],
        "next": f"{shown[-1]['since']}.{shown[-1]['number']}" if more else None,
        "watermark": mark.model_dump(),
    }
    return answer_with(told)


@router.get("/honour-kinds", response_model=KindList, operation_id="read_honour_kinds", **OPEN)
async def read_honour_kinds(service: Reached, wanted: Annotated[KindFilter, Query()]) -> Response:
    """The honours that the rules in force have, at this place or in the whole district."""
    rules = await service.rules(wanted.territory or service.map.atlas.district)
    items = [one.model_dump() for one in rules.honours]
    return answer_with({"rules": rules.version, "items": items})


@router.get(
    "/honours/{honour}", response_model=HonourView, operation_id="read_honour", responses=READS
)
async def read_honour(honour: UUID, caller: Called) -> Response:
    """One honour with everything that has happened to it, for the holder and for those who judge
    it."""
    file = await readable(caller.service, honour, caller.actor)
    view = await views.view(caller.service, file, caller.actor)
    return answer_with(view, headers={"etag": f'"{view["version"]}"'})


def _after(said: str | None) -> After | None:
    if said is None:
        return None
    day, _, number = said.partition(".")
    return After(day, int(number))


def _today() -> str:
    return day_of(datetime.now(UTC))


def _page(rows: Sequence[Any], limit: int) -> dict[str, Any]:
    return {"next": rows[limit - 1]["number"] if len(rows) > limit else None}

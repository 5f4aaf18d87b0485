"""Entrypoint: HTTP to whistles, and to who came."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from services.grievance.access import ACCESS
from services.grievance.caller import Called, Caller
from services.grievance.queries.whistles import Attended, Sought
from services.grievance.whistle.commands import (
    BlowWhistle,
    CallMore,
    EndWhistle,
    GiveResult,
    ReportUnit,
)
from services.grievance.whistling import views
from services.grievance.whistling.answers import TurnoutBoard, WhistleList, WhistleView
from services.grievance.whistling.desk import StepForm, WhistleDesk
from services.grievance.whistling.file import readable
from services.grievance.whistling.filters import TurnoutFilter, WhistleFilter
from services.grievance.whistling.forms import Blow, Call, Ending, Report, Result
from shared.core.access import Reach, action_of
from shared.runtime.projections.map_copy import Places
from shared.runtime.web import documented
from shared.runtime.web.answering import Receipt, answer_with, receipt
from shared.runtime.web.requests import expected_version

MODELS = ("whistles", "whistle_turnout")
READS = documented.problems(401, 403, 404, 422, 503)
COMMANDS = documented.problems(400, 409, 413, 415)
KEY: dict[str, Any] = {
    "response_model": Receipt,
    "responses": COMMANDS,
    "openapi_extra": documented.needs(documented.IDEMPOTENCY_KEY),
}
KEY_AND_VERSION: dict[str, Any] = {
    "response_model": Receipt,
    "responses": COMMANDS | documented.problems(412, 428),
    "openapi_extra": documented.needs(documented.IDEMPOTENCY_KEY, documented.IF_MATCH),
}

router = APIRouter(responses=READS)


@router.post("/whistles", status_code=201, operation_id=action_of(BlowWhistle), **KEY)
async def blow_whistle(form: Blow, request: Request, caller: Called) -> Response:
    """Call units to a place: each has to be there by the time that the rule book gives. Needs an
    `Idempotency-Key`; every retry gets the first answer."""
    asking = await caller.asks(request)
    return receipt(await WhistleDesk(caller.service).blow(form, asking), 201)


@router.post("/whistles/{whistle_id}/call", operation_id=action_of(CallMore), **KEY_AND_VERSION)
async def call_more(whistle_id: UUID, form: Call, request: Request, caller: Called) -> Response:
    """Call further units. Needs `Idempotency-Key` and `If-Match`."""
    return await _step(whistle_id, form, request, caller, expected_version(request))


@router.post("/whistles/{whistle_id}/report", operation_id=action_of(ReportUnit), **KEY)
async def report_unit(whistle_id: UUID, form: Report, request: Request, caller: Called) -> Response:
    """Say that your unit is there, called or not. Needs an `Idempotency-Key`; no version, for
    it is so whatever others have done meanwhile."""
    return await _step(whistle_id, form, request, caller)


@router.post("/whistles/{whistle_id}/result", operation_id=action_of(GiveResult), **KEY)
async def give_result(whistle_id: UUID, form: Result, request: Request, caller: Called) -> Response:
    """Say what your unit did. Needs an `Idempotency-Key`; no version, as with a report."""
    return await _step(whistle_id, form, request, caller)


@router.post("/whistles/{whistle_id}/end", operation_id=action_of(EndWhistle), **KEY_AND_VERSION)
async def end_whistle(whistle_id: UUID, form: Ending, request: Request, caller: Called) -> Response:
    """End the whistle that you have blown, and say who came and who did their part. Needs
    `Idempotency-Key` and `If-Match`."""
    return await _step(whistle_id, form, request, caller, expected_version(request))


@router.get("/whistles", response_model=WhistleList, operation_id="read_whistles")
async def read_whistles(caller: Called, wanted: Annotated[WhistleFilter, Query()]) -> Response:
    """Whistles of the actor's territory, the latest first; a unit sees those to which it was called
    or came."""
    service = caller.service
    asked = Reach(wanted.territory, wanted.unit)
    seen, places = await _reach(caller, "read_whistles", asked)
    marks = [await service.watermarks.reach(one, wanted.min_position) for one in MODELS]
    sought = Sought(places=places, is_open=wanted.open, unit=seen.unit, before=wanted.after)
    rows = await service.whistles.page(sought, wanted.limit + 1)
    shown = rows[: wanted.limit]
    page = {
        "items": await views.lines(service, shown),
        "next": shown[-1]["number"] if len(rows) > wanted.limit else None,
        "watermark": min(marks, key=lambda mark: mark.position).model_dump(),
    }
    return answer_with(page)


@router.get("/whistles/{whistle_id}", response_model=WhistleView, operation_id="read_whistle")
async def read_whistle(whistle_id: UUID, caller: Called) -> Response:
    """A whistle: who was called, who came when, what each did."""
    file = await readable(caller.service, whistle_id, caller.actor)
    view = await views.whistle_view(caller.service, file, caller.actor)
    return answer_with(view, headers={"etag": f'"{file.version}"'})


@router.get("/turnout", response_model=TurnoutBoard, operation_id="read_turnout")
async def read_turnout(caller: Called, wanted: Annotated[TurnoutFilter, Query()]) -> Response:
    """How often each unit was called, came in time, late or not at all, in the actor's territory; a
    unit sees its own line."""
    service = caller.service
    asked = Reach(wanted.territory, wanted.unit)
    seen, places = await _reach(caller, "read_turnout", asked)
    mark = await service.watermarks.reach("whistle_turnout", wanted.min_position)
    about = Attended(places=places, unit=seen.unit, first=wanted.first, last=wanted.last)
    items = await service.whistles.turnout(about)
    return answer_with({"items": items, "watermark": mark.model_dump()})


async def _step(
    whistle_id: UUID, form: StepForm, request: Request, caller: Caller, version: int | None = None
) -> Response:
    asking = await caller.asks(request, version)
    return receipt(await WhistleDesk(caller.service).step(whistle_id, form, asking))


async def _reach(caller: Caller, action: str, asked: Reach) -> tuple[Reach, Places]:
    await caller.service.map.fresh()
    seen = ACCESS.reach(caller.actor, action, asked, caller.service.map.within)
    return seen, caller.service.map.below(seen.territory)

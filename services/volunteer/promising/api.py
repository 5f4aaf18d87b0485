"""Entrypoint: HTTP to what recurs, and to whether it was kept."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from services.volunteer.access import ACCESS
from services.volunteer.caller import Called
from services.volunteer.projections.promise_tracker import PromiseRow
from services.volunteer.promising import views
from services.volunteer.promising.answers import PromiseList, PromiseView
from services.volunteer.promising.desk import PromiseDesk, readable
from services.volunteer.promising.filters import PromiseFilter
from services.volunteer.promising.forms import Ending, Establishing, Held, Moving
from services.volunteer.queries.promises import Asked, Promises
from services.volunteer.series.commands import (
    EndSeries,
    EstablishSeries,
    MoveOccurrence,
    NoteOccurrence,
)
from shared.core.access import Reach, action_of
from shared.core.local_time import day_of
from shared.runtime.web import documented
from shared.runtime.web.answering import Receipt, answer_with, receipt
from shared.runtime.web.moments import Position
from shared.runtime.web.requests import expected_version

LAST = 100  # occurrences that are shown of a series
KEY: dict[str, Any] = {
    "response_model": Receipt,
    "responses": documented.problems(400, 409, 413, 415),
    "openapi_extra": documented.needs(documented.IDEMPOTENCY_KEY),
}
KEY_AND_VERSION: dict[str, Any] = {
    "response_model": Receipt,
    "responses": documented.problems(400, 409, 412, 413, 415, 428),
    "openapi_extra": documented.needs(documented.IDEMPOTENCY_KEY, documented.IF_MATCH),
}

router = APIRouter(responses=documented.problems(401, 403, 404, 422, 503))


@router.post("/series", status_code=201, operation_id=action_of(EstablishSeries), **KEY)
async def establish_series(form: Establishing, request: Request, caller: Called) -> Response:
    """Let something recur, and promise it. Needs an `Idempotency-Key`; every retry gets the first
    answer."""
    asking = await caller.asks(request)
    return receipt(await PromiseDesk(caller.service).establish(form, asking), 201)


@router.post("/series/{series_id}/held", operation_id=action_of(NoteOccurrence), **KEY)
async def note_occurrence(
    series_id: UUID, form: Held, request: Request, caller: Called
) -> Response:
    """Say that it happened. Needs an `Idempotency-Key`; no version, for it is so whatever others
    have done meanwhile."""
    asking = await caller.asks(request)
    return receipt(await PromiseDesk(caller.service).step(series_id, form, asking))


@router.post("/series/{series_id}/move", operation_id=action_of(MoveOccurrence), **KEY_AND_VERSION)
async def move_occurrence(
    series_id: UUID, form: Moving, request: Request, caller: Called
) -> Response:
    """Hold one occurrence on another day. Needs `Idempotency-Key` and `If-Match`."""
    asking = await caller.asks(request, expected_version(request))
    return receipt(await PromiseDesk(caller.service).step(series_id, form, asking))


@router.post("/series/{series_id}/end", operation_id=action_of(EndSeries), **KEY_AND_VERSION)
async def end_series(series_id: UUID, form: Ending, request: Request, caller: Called) -> Response:
    """Let nothing of it be due any more. Needs `Idempotency-Key` and `If-Match`."""
    asking = await caller.asks(request, expected_version(request))
    return receipt(await PromiseDesk(caller.service).step(series_id, form, asking))


@router.get("/promises", response_model=PromiseList, operation_id="read_promises")
async def read_promises(caller: Called, wanted: Annotated[PromiseFilter, Query()]) -> Response:
    """What recurs in the actor's territory, the latest first: what was promised, kept, missed."""
    service, actor = caller.service, caller.actor
    await service.map.fresh()
    asked = Reach(wanted.territory)
    seen = ACCESS.reach(actor, "read_promises", asked, service.map.within)
    places = service.map.below(seen.territory)
    mark = await service.watermarks.reach("promise_tracker", wanted.min_position)
    promises = Promises(service.pool)
    about = Asked(
        places=places,
        promised=wanted.promised,
        running=wanted.running,
        missed=wanted.missed,
        before=wanted.after,
    )
    rows = await promises.page(about, wanted.limit + 1)
    shown, today = rows[: wanted.limit], day_of(datetime.now(UTC))
    page = {
        "items": [views.line(PromiseRow(**row), actor, today) for row in shown],
        "totals": await promises.totals(places),
        "next": shown[-1]["position"] if len(rows) > wanted.limit else None,
        **views.may(service, actor, seen.territory or actor.territory),
        "watermark": mark.model_dump(),
    }
    return answer_with(page)


@router.get("/promises/{series_id}", response_model=PromiseView, operation_id="read_promise")
async def read_promise(
    series_id: UUID, caller: Called, min_position: Annotated[Position, Query()] = 0
) -> Response:
    """A series and what became of each of its occurrences."""
    service, actor = caller.service, caller.actor
    mark = await service.watermarks.reach("promise_tracker", min_position)
    await service.watermarks.reach("occurrences", min_position)
    row = await readable(service, series_id, actor)
    view = {
        "promise": views.line(row, actor, day_of(datetime.now(UTC))),
        "occurrences": await Promises(service.pool).times(series_id, LAST),
        **views.may(service, actor, row.territory),
        "watermark": mark.model_dump(),
    }
    return answer_with(view, headers={"etag": f'"{row.version}"'})

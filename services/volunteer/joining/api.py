"""Entrypoint: HTTP to volunteers."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from services.volunteer.access import ACCESS
from services.volunteer.caller import Called
from services.volunteer.joining import names
from services.volunteer.joining.answers import VolunteerList, VolunteerView
from services.volunteer.joining.desk import JoiningDesk, no_such_volunteer
from services.volunteer.joining.forms import (
    Change,
    Ending,
    OneFilter,
    Registration,
    VolunteerFilter,
)
from services.volunteer.queries.teams import TeamQueries
from services.volunteer.queries.volunteers import Asked, VolunteerQueries
from shared.core.access import Reach, Thing
from shared.core.messages import Forbidden
from shared.runtime.web import documented
from shared.runtime.web.answering import Receipt, answer_with, receipt

STEP: dict[str, Any] = {
    "response_model": Receipt,
    "responses": documented.problems(400, 409, 413, 415),
    "openapi_extra": documented.needs(documented.IDEMPOTENCY_KEY),
}

router = APIRouter(prefix="/volunteers", responses=documented.problems(401, 403, 404, 422, 503))


@router.post("", status_code=201, operation_id="register_volunteer", **STEP)
async def register_volunteer(form: Registration, request: Request, caller: Called) -> Response:
    """Register a volunteer. Needs an `Idempotency-Key`; every retry gets the first answer."""
    asking = await caller.asks(request)
    return receipt(await JoiningDesk(caller.service).register(form, asking), 201)


@router.post("/{person}/change", operation_id="change_volunteer", **STEP)
async def change_volunteer(
    person: UUID, form: Change, request: Request, caller: Called
) -> Response:
    """Say anew what they can and want to do. Needs an `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await JoiningDesk(caller.service).step(person, form, asking))


@router.post("/{person}/end", operation_id="end_volunteer", **STEP)
async def end_volunteer(person: UUID, form: Ending, request: Request, caller: Called) -> Response:
    """They volunteer no more; their hours stay theirs. Needs an `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await JoiningDesk(caller.service).step(person, form, asking))


@router.get("", response_model=VolunteerList, operation_id="read_volunteers")
async def read_volunteers(caller: Called, wanted: Annotated[VolunteerFilter, Query()]) -> Response:
    """Volunteers of a part of the map."""
    service, actor = caller.service, caller.actor
    await service.map.fresh()
    seen = ACCESS.reach(actor, "read_volunteers", Reach(wanted.territory), service.map.within)
    mark = await service.watermarks.reach("volunteers", wanted.min_position)
    asked = Asked(
        places=service.map.below(seen.territory),
        status=wanted.status,
        skill=wanted.skill,
        service=wanted.service,
        after=wanted.after,
    )
    rows = await VolunteerQueries(service.pool).page(asked, wanted.limit + 1)
    shown = rows[: wanted.limit]
    page = {
        "items": await names.lines(service, actor, shown),
        "next": shown[-1]["person"] if len(rows) > wanted.limit else None,
        "watermark": mark.model_dump(),
    }
    return answer_with(page)


@router.get("/{person}", response_model=VolunteerView, operation_id="read_volunteer")
async def read_volunteer(
    person: UUID, caller: Called, wanted: Annotated[OneFilter, Query()]
) -> Response:
    """A volunteer. One who is at home elsewhere is as if there were none."""
    service, actor = caller.service, caller.actor
    await service.map.fresh()
    mark = await service.watermarks.reach("volunteers", wanted.min_position)
    row = await VolunteerQueries(service.pool).one(person)
    thing = Thing((row["territory"],), owner=str(person)) if row else Thing(owner=actor.id)
    try:
        ACCESS.check(actor, "read_volunteer", thing, service.map.within)
    except Forbidden as no:
        if no.code == "role_missing":
            raise
        raise no_such_volunteer(person) from no
    if row is None:
        raise no_such_volunteer(person)
    [line] = await names.lines(service, actor, [row])
    teams = await TeamQueries(service.pool).of_person(person)
    told = {"volunteer": line, "teams": teams, "watermark": mark.model_dump()}
    return answer_with(told, headers={"etag": f'"{row["version"]}"'})

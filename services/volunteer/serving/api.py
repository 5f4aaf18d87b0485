"""Entrypoint: HTTP to duty posts."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from services.volunteer.access import ACCESS
from services.volunteer.caller import Called, Caller
from services.volunteer.duty.commands import AssignDuty
from services.volunteer.projections.cadre_checkin_board import DutyRow
from services.volunteer.queries.duties import Asked, Duties
from services.volunteer.serving import steps_api, views
from services.volunteer.serving.answers import DutyList, DutyView
from services.volunteer.serving.desk import DutyDesk, readable
from services.volunteer.serving.filters import DutyFilter
from services.volunteer.serving.forms import Assigning
from shared.core.access import Reach, Thing, action_of
from shared.core.local_time import day_of
from shared.runtime.web import documented
from shared.runtime.web.answering import answer_with, receipt
from shared.runtime.web.moments import Position

MODELS = ("cadre_checkin_board", "cadre_assessment", "duty_notes")
MOST = 20  # own posts that are shown

router = APIRouter(responses=documented.problems(401, 403, 404, 422, 503))
router.include_router(steps_api.router)


@router.post("/duties", status_code=201, operation_id=action_of(AssignDuty), **steps_api.KEY)
async def assign_duty(form: Assigning, request: Request, caller: Called) -> Response:
    """Let somebody look after a place: they check in every week, or on every shift. Needs an
    `Idempotency-Key`; every retry gets the first answer."""
    asking = await caller.asks(request)
    return receipt(await DutyDesk(caller.service).assign(form, asking), 201)


@router.get("/duties", response_model=DutyList, operation_id="read_duties")
async def read_duties(caller: Called, wanted: Annotated[DutyFilter, Query()]) -> Response:
    """The posts of the actor's territory, the latest first; a holder sees their own."""
    service, actor = caller.service, caller.actor
    await service.map.fresh()
    within = service.map.within
    seen = ACCESS.reach(actor, "read_duties", Reach(wanted.territory), within)
    mark = await service.watermarks.reach(MODELS[0], wanted.min_position)
    own, rows = await _own(caller), []
    if seen.owner is None:
        about = Asked(
            places=service.map.below(seen.territory),
            holder=wanted.holder,
            held=wanted.held,
            before=wanted.after,
        )
        rows = await Duties(service.pool).page(about, wanted.limit + 1)
    shown, today = rows[: wanted.limit], day_of(datetime.now(UTC))
    there = Thing((seen.territory or actor.territory,))
    page = {
        "items": [views.line(DutyRow(**row), today) for row in shown],
        "mine": [views.line(row, today) for row in own],
        "may_assign": ACCESS.allows(actor, action_of(AssignDuty), there, within),
        "next": shown[-1]["position"] if len(rows) > wanted.limit else None,
        "watermark": mark.model_dump(),
    }
    return answer_with(page)


@router.get("/duties/{duty_id}", response_model=DutyView, operation_id="read_duty")
async def read_duty(
    duty_id: UUID, caller: Called, min_position: Annotated[Position, Query()] = 0
) -> Response:
    """A post: who checked in when, what they found, how they were judged."""
    service, actor = caller.service, caller.actor
    marks = [await service.watermarks.reach(one, min_position) for one in MODELS]
    row = await readable(service, duty_id, actor)
    view = await views.view(service, row, actor, day_of(datetime.now(UTC)))
    view["watermark"] = min(marks, key=lambda mark: mark.position).model_dump()
    return answer_with(view, headers={"etag": f'"{row.version}"'})


async def _own(caller: Caller) -> list[DutyRow]:
    holder = None
    with suppress(ValueError):
        holder = UUID(caller.actor.id)
    if holder is None:
        return []
    found = await Duties(caller.service.pool).page(Asked(holder=holder, held=True), MOST)
    return [DutyRow(**row) for row in found]

"""Entrypoint: HTTP to the clearing of time between communities."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from services.volunteer.access import ACCESS
from services.volunteer.caller import Called
from services.volunteer.clearing.commands import CloseClearing
from services.volunteer.settling.answers import ClearingView
from services.volunteer.settling.desk import ClearingDesk, line_of
from services.volunteer.settling.forms import ClearingFilter, Closing
from shared.core.access import Thing, action_of
from shared.runtime.web import documented
from shared.runtime.web.answering import Receipt, answer_with, receipt

router = APIRouter(prefix="/clearing", responses=documented.problems(401, 403, 422, 503))


@router.post(
    "",
    status_code=201,
    response_model=Receipt,
    operation_id=action_of(CloseClearing),
    responses=documented.problems(400, 409, 413, 415),
    openapi_extra=documented.needs(documented.IDEMPOTENCY_KEY),
)
async def close_clearing(form: Closing, request: Request, caller: Called) -> Response:
    """Agree on the positions of a month that is over: once. Needs an `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await ClearingDesk(caller.service).close(form, asking), 201)


@router.get("", response_model=ClearingView, operation_id="read_clearing")
async def read_clearing(caller: Called, wanted: Annotated[ClearingFilter, Query()]) -> Response:
    """Who owes whom how much for help across communities in a month."""
    ACCESS.check(caller.actor, "read_clearing", Thing(), caller.service.map.within)
    desk = ClearingDesk(caller.service)
    then = wanted.drawn == "then"
    found, mark = await desk.month(wanted.month, wanted.min_position, then=then)
    view = {
        "month": wanted.month,
        "lines": [line_of(line) for line in found.lines],
        "pairs": [{"owes": one, "to": to, "minutes": m} for one, to, m in found.pairs],
        "inside": found.inside,
        "closed": await desk.agreed(wanted.month),
        "watermark": mark.model_dump(),
    }
    return answer_with(view)

"""Entrypoint: HTTP to commands about organisation; and what reads, beside it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, cast

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.territory.caller import Called
from services.territory.forms import Code
from services.territory.organisation import (
    catalogue_desk,
    catalogue_reading,
    facility_desk,
    facility_reading,
    post_desk,
    post_reading,
    profile_desk,
    profile_reading,
    unit_desk,
    unit_reading,
)
from services.territory.organisation.desk import OrganisationDesk
from services.territory.organisation.preparing import Step
from services.territory.post.seats import Seating
from shared.core.access import action_of
from shared.runtime.web import documented
from shared.runtime.web.answering import Receipt, receipt
from shared.runtime.web.forms import Form

COMMANDS = documented.problems(400, 409, 413, 415)
KEY = documented.needs(documented.IDEMPOTENCY_KEY)
DESKS = (unit_desk, post_desk, facility_desk, profile_desk, catalogue_desk)
READS = (unit_reading, post_reading, facility_reading, profile_reading, catalogue_reading)

router = APIRouter()


async def _take(
    step: Step, names: dict[str, str], form: Form, request: Request, caller: Called
) -> Response:
    asking = await caller.asks(request)
    return receipt(await OrganisationDesk(caller.service).take(step, names, form, asking))


def _taker(step: Step) -> Callable[..., Any]:
    """The route of a step, with what its path names."""
    if "{place}" in step.path:

        async def seat(
            role: Seating, place: Code, form: Form, request: Request, caller: Called
        ) -> Response:
            return await _take(step, {"role": role, "place": place}, form, request, caller)

        return seat
    if "{code}" in step.path:

        async def one(code: Code, form: Form, request: Request, caller: Called) -> Response:
            return await _take(step, {step.named: code}, form, request, caller)

        return one

    async def new(form: Form, request: Request, caller: Called) -> Response:
        return await _take(step, {}, form, request, caller)

    return new


def _add(step: Step) -> None:
    take = _taker(step)
    take.__annotations__ |= {"form": step.form}
    take.__doc__ = f"{step.form.__doc__} Needs an `Idempotency-Key`."
    action = action_of(step.command)
    route: Callable[..., Any] = router.post(
        step.path,
        response_model=Receipt,
        operation_id=action,
        name=action.replace("_", " "),
        responses=COMMANDS,
        openapi_extra=KEY,
    )
    route(cast("Callable[..., Coroutine[Any, Any, Response]]", take))


for _desk in DESKS:
    for _step in _desk.STEPS:
        _add(_step)
for _reading in READS:
    router.include_router(_reading.router)

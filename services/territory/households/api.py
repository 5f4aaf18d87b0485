"""Entrypoint: households over HTTP, to commands and from the read model."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Annotated, Any, cast
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from services.territory.access import ACCESS
from services.territory.caller import Called
from services.territory.forms import Code
from services.territory.households import reading
from services.territory.households.answers import HouseholdPage
from services.territory.households.desk import HouseholdDesk
from services.territory.households.forms import HouseholdFilter, HouseholdRegistration
from services.territory.households.steps import STEPS, Step
from services.territory.projections.households import households
from shared.core.access import Reach, action_of
from shared.runtime.web import documented
from shared.runtime.web.answering import Receipt, answer_with, receipt
from shared.runtime.web.forms import Form
from shared.runtime.web.problems import Problem

COMMANDS = documented.problems(400, 409, 413, 415)
KEY = documented.needs(documented.IDEMPOTENCY_KEY)

router = APIRouter()


@router.post(
    "/territories/{code}/households",
    response_model=Receipt,
    operation_id="register_households",
    responses=COMMANDS,
    openapi_extra=KEY,
)
async def register_households(
    code: Code, form: HouseholdRegistration, request: Request, caller: Called
) -> Response:
    """Put households onto the roster of a building: all of them, or none. Needs an
    `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await HouseholdDesk(caller.service).register(code, form, asking))


@router.get("/households", response_model=HouseholdPage, operation_id="read_households")
async def read_households(caller: Called, wanted: Annotated[HouseholdFilter, Query()]) -> Response:
    """The households of a territory on any day, with their number and floor area."""
    service = caller.service
    await service.map.fresh()
    if wanted.under is not None and service.map.atlas.get(wanted.under) is None:
        raise Problem(404, "no_such_territory", f"there is no territory {wanted.under} on the map")
    reach = ACCESS.reach(caller.actor, "read_households", Reach(wanted.under), service.map.within)
    mark = await service.watermarks.reach(households.name, wanted.min_position)
    part = reading.part_of(service.places, str(reach.territory), wanted.day, wanted.after)
    found = await reading.page(service.households, part, wanted)
    return answer_with({**found, "watermark": mark.model_dump()})


def _add(step: Step) -> None:
    async def take(household_id: UUID, form: Form, request: Request, caller: Called) -> Response:
        asking = await caller.asks(request)
        return receipt(await HouseholdDesk(caller.service).change(step, household_id, form, asking))

    form: Any = step.form
    take.__annotations__ |= {"form": form}
    take.__doc__ = f"{form.__doc__} Needs an `Idempotency-Key`."
    action = action_of(step.command)
    route: Callable[..., Any] = router.post(
        f"/households/{{household_id}}/{step.verb}",
        response_model=Receipt,
        operation_id=action,
        name=action.replace("_", " "),
        responses={404: documented.problems(404)[404], **COMMANDS},
        openapi_extra=KEY,
    )
    route(cast("Callable[..., Coroutine[Any, Any, Response]]", take))


for _step in STEPS:
    _add(_step)

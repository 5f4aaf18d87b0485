"""Entrypoint: HTTP to commands about residents; and what reads, beside it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, cast
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.territory.caller import Called
from services.territory.people import forms, reading_api
from services.territory.people.desk import ResidentDesk
from services.territory.people.erasing import ErasureDesk
from services.territory.people.steps import STEPS, Step
from shared.core.access import action_of
from shared.runtime.web import documented
from shared.runtime.web.answering import Receipt, receipt
from shared.runtime.web.forms import Form

COMMANDS = documented.problems(400, 409, 413, 415)
KEY = documented.needs(documented.IDEMPOTENCY_KEY)

router = APIRouter()


@router.post(
    "/residents",
    status_code=201,
    response_model=Receipt,
    operation_id="register_resident",
    responses=COMMANDS,
    openapi_extra=KEY,
)
async def register_resident(form: forms.NewResident, request: Request, caller: Called) -> Response:
    """Put a person on the register. Needs an `Idempotency-Key`; every retry gets the first
    answer."""
    asking = await caller.asks(request)
    return receipt(await ResidentDesk(caller.service).register(form, asking), 201)


@router.post(
    "/residents/{person_id}/merge",
    response_model=Receipt,
    operation_id="merge_doubles",
    responses=COMMANDS,
    openapi_extra=KEY,
)
async def merge_doubles(
    person_id: UUID, form: forms.Double, request: Request, caller: Called
) -> Response:
    """This person was registered twice: keep the other id. Needs an `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await ResidentDesk(caller.service).merge(person_id, form, asking))


@router.post(
    "/residents/{person_id}/erasure",
    response_model=Receipt,
    operation_id="ask_erasure",
    responses=COMMANDS,
    openapi_extra=KEY,
)
async def ask_erasure(
    person_id: UUID, form: forms.Erasure, request: Request, caller: Called
) -> Response:
    """Make everything of a person unreadable, in every service, for ever. Needs an
    `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await ErasureDesk(caller.service).ask(person_id, form, asking))


def _add_step(verb: str, step: Step) -> None:
    form: Any = step.form

    async def take(person_id: UUID, form: Form, request: Request, caller: Called) -> Response:
        asking = await caller.asks(request)
        desk = ResidentDesk(caller.service)
        return receipt(await desk.step(person_id, step, form, asking))

    take.__annotations__ |= {"form": form}
    take.__doc__ = f"{form.__doc__} Needs an `Idempotency-Key`."
    action = action_of(step.command)
    route: Callable[..., Any] = router.post(
        f"/residents/{{person_id}}/{verb}",
        response_model=Receipt,
        operation_id=action,
        name=action.replace("_", " "),
        responses=COMMANDS,
        openapi_extra=KEY,
    )
    route(cast("Callable[..., Coroutine[Any, Any, Response]]", take))


for _verb, _step in STEPS.items():
    _add_step(_verb, _step)
router.include_router(reading_api.router)

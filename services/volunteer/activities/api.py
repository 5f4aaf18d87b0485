"""Entrypoint: HTTP to commands about activities."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, cast
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.volunteer.activities import forms
from services.volunteer.activities.desk import COMMANDS, ActivityDesk, StepForm
from services.volunteer.caller import Called
from shared.core.access import action_of
from shared.runtime.web import documented
from shared.runtime.web.answering import Receipt, receipt

STEP: dict[str, Any] = {
    "response_model": Receipt,
    "responses": documented.problems(400, 409, 413, 415),
    "openapi_extra": documented.needs(documented.IDEMPOTENCY_KEY),
}
# The verb of the address, and the form it takes.
VERBS: dict[str, type[StepForm]] = {
    "change": forms.Change,
    "cancel": forms.Cancelling,
    "sign-up": forms.Coming,
    "withdraw": forms.Withdrawing,
    "sign-in": forms.Arriving,
    "sign-out": forms.Going,
    "attendance": forms.Sheet,
    "hold": forms.Holding,
}

router = APIRouter(prefix="/activities", responses=documented.problems(401, 403, 404, 422, 503))


@router.post("", status_code=201, operation_id="plan_activity", **STEP)
async def plan_activity(form: forms.Plan, request: Request, caller: Called) -> Response:
    """Plan an activity, which everybody can sign up for. Needs an `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await ActivityDesk(caller.service).plan(form, asking), 201)


def _add_step(verb: str, form: Any) -> None:
    async def take(activity_id: UUID, form: StepForm, request: Request, caller: Called) -> Response:
        asking = await caller.asks(request)
        return receipt(await ActivityDesk(caller.service).step(activity_id, form, asking))

    take.__annotations__ |= {"form": form}
    take.__doc__ = f"{form.__doc__} Needs an `Idempotency-Key`."
    told, action = {**STEP}, action_of(COMMANDS[form])
    if verb == "sign-in":
        told["responses"] = STEP["responses"] | documented.problems(429)
    route: Callable[..., Any] = router.post(
        f"/{{activity_id}}/{verb}", operation_id=action, name=action.replace("_", " "), **told
    )
    route(cast("Callable[..., Coroutine[Any, Any, Response]]", take))


for _verb, _form in VERBS.items():
    _add_step(_verb, _form)

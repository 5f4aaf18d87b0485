"""Entrypoint: HTTP to commands; and what reads, beside it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, cast

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.territory import reading_api
from services.territory.caller import Called
from services.territory.desk import Desk
from services.territory.enrolment import uploads
from services.territory.forms import Code
from services.territory.households import api as households_api
from services.territory.organisation import api as organisation
from services.territory.people import api as people
from services.territory.steps import CHANGES, Change
from shared.core.access import action_of
from shared.runtime.web import documented
from shared.runtime.web.answering import Receipt, receipt
from shared.runtime.web.forms import Form

READS = documented.problems(401, 403, 404, 422, 503)
COMMANDS = documented.problems(400, 409, 413, 415)
KEY = documented.needs(documented.IDEMPOTENCY_KEY)

router = APIRouter(responses=READS)


def _add(change: Change) -> None:
    if "{code}" in change.path:

        async def one(code: Code, form: Form, request: Request, caller: Called) -> Response:
            asking = await caller.asks(request)
            return receipt(await Desk(caller.service).change(change, code, form, asking))

        take: Any = one
    else:

        async def several(form: Form, request: Request, caller: Called) -> Response:
            asking = await caller.asks(request)
            return receipt(await Desk(caller.service).change(change, None, form, asking))

        take = several
    form: Any = change.form
    take.__annotations__ |= {"form": form}
    take.__doc__ = f"{form.__doc__} Needs an `Idempotency-Key`."
    action = action_of(change.command)
    route: Callable[..., Any] = router.post(
        change.path,
        response_model=Receipt,
        operation_id=action,
        name=action.replace("_", " "),
        responses=COMMANDS,
        openapi_extra=KEY,
    )
    route(cast("Callable[..., Coroutine[Any, Any, Response]]", take))


for _change in CHANGES:
    _add(_change)
router.include_router(reading_api.router)
router.include_router(people.router)
router.include_router(organisation.router)
router.include_router(households_api.router)
router.include_router(uploads.router)

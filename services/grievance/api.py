"""Entrypoint: HTTP to commands; and what reads, beside it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, cast
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.grievance import batches, orders_api, reading_api, rules_api, scores_api
from services.grievance.answers import Verdicts
from services.grievance.caller import Called
from services.grievance.case.commands import LinkCase, RaisePetition
from services.grievance.desk import Desk
from services.grievance.forms import Batch, Erasure, Petition
from services.grievance.oversight_forms import Duplicate
from services.grievance.steps import STEPS, Step
from shared.core.access import action_of
from shared.core.person.commands import EraseSubject
from shared.runtime.web import documented
from shared.runtime.web.answering import Receipt, answer_with, receipt
from shared.runtime.web.forms import Form
from shared.runtime.web.requests import expected_version

READS = documented.problems(401, 403, 404, 422, 503)
COMMANDS = documented.problems(400, 409, 413, 415)
STEP = documented.problems(412, 428)
KEY = documented.needs(documented.IDEMPOTENCY_KEY)
KEY_AND_VERSION = documented.needs(documented.IDEMPOTENCY_KEY, documented.IF_MATCH)

router = APIRouter(responses=READS)


@router.post(
    "/cases",
    status_code=201,
    response_model=Receipt,
    operation_id=action_of(RaisePetition),
    responses=COMMANDS,
    openapi_extra=KEY,
)
async def file_petition(form: Petition, request: Request, caller: Called) -> Response:
    """Put a petition on record. Needs an `Idempotency-Key`; every retry gets the first answer."""
    return receipt(await Desk(caller.service).file(form, await caller.asks(request)), 201)


@router.post(
    "/cases/batch",
    response_model=Verdicts,
    operation_id="take_batch",
    responses=COMMANDS,
    openapi_extra=KEY,
)
async def take_batch(batch: Batch, request: Request, caller: Called) -> Response:
    """The same step for many cases, each by itself: some may be taken and others refused. Needs an
    `Idempotency-Key`; sent again, what was taken stays, and what was refused is tried again."""
    items = await batches.take(caller.service, batch, await caller.asks(request))
    positions = [one["receipt"]["position"] for one in items if one["receipt"]]
    return answer_with({"items": items, "position": max(positions, default=None)})


@router.post(
    "/cases/{case_id}/link",
    response_model=Receipt,
    operation_id=action_of(LinkCase),
    responses=COMMANDS | STEP,
    openapi_extra=KEY_AND_VERSION,
)
async def link_case(case_id: UUID, form: Duplicate, request: Request, caller: Called) -> Response:
    """End the case as a duplicate of `original`; both say so from then on. Needs `Idempotency-Key`
    and `If-Match`."""
    asking = await caller.asks(request, expected_version(request))
    return receipt(await Desk(caller.service).link(case_id, form, asking), 200)


@router.post(
    "/persons/{person_id}/erasure",
    response_model=Receipt,
    operation_id=action_of(EraseSubject),
    responses=COMMANDS,
    openapi_extra=KEY,
)
async def erase_person(
    person_id: UUID, form: Erasure, request: Request, caller: Called
) -> Response:
    """Make everything of a person unreadable, for ever and for everyone."""
    asking = await caller.asks(request)
    return receipt(await Desk(caller.service).erase(person_id, form, asking), 200)


def _add_step(verb: str, step: Step) -> None:
    form: Any = step.form

    async def take(case_id: UUID, form: Form, request: Request, caller: Called) -> Response:
        asking = await caller.asks(request, expected_version(request))
        return receipt(await Desk(caller.service).step(case_id, form, asking, step), 200)

    take.__annotations__ |= {"form": form}
    take.__doc__ = f"{form.__doc__} Needs `Idempotency-Key` and `If-Match`."
    route: Callable[..., Any] = router.post(
        f"/cases/{{case_id}}/{verb}",
        response_model=Receipt,
        operation_id=action_of(step.command),
        name=f"{verb} case",
        responses=COMMANDS | STEP,
        openapi_extra=KEY_AND_VERSION,
    )
    route(cast("Callable[..., Coroutine[Any, Any, Response]]", take))


for _verb, _step in STEPS.items():
    _add_step(_verb, _step)
router.include_router(reading_api.router)
router.include_router(orders_api.router)
router.include_router(rules_api.router)
router.include_router(scores_api.router)

"""Entrypoint: HTTP to stars: what is applied for, and what becomes of it."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from services.volunteer.awarding.desk import StarDesk, StepForm
from services.volunteer.awarding.forms import (
    Application,
    AwardForm,
    Clearance,
    Notice,
    Objection,
    ObjectionAnswer,
    RecordForm,
    Refusal,
    Revocation,
)
from services.volunteer.caller import Called, Caller
from services.volunteer.stars.commands import (
    AnswerObjection,
    ApplyStar,
    AwardStar,
    ClearStar,
    NoticeStar,
    ObjectStar,
    RecordStar,
    RefuseStar,
    RevokeStar,
)
from shared.core.access import action_of
from shared.runtime.web import documented
from shared.runtime.web.answering import Receipt, receipt
from shared.runtime.web.requests import expected_version

COMMANDS = documented.problems(400, 409, 413, 415)
KEY: dict[str, Any] = {
    "response_model": Receipt,
    "responses": COMMANDS,
    "openapi_extra": documented.needs(documented.IDEMPOTENCY_KEY),
}
KEY_AND_VERSION: dict[str, Any] = {
    "response_model": Receipt,
    "responses": COMMANDS | documented.problems(412, 428),
    "openapi_extra": documented.needs(documented.IDEMPOTENCY_KEY, documented.IF_MATCH),
}
Number = Annotated[int, Path(ge=1, lt=2**63, description="As the public notice has it")]

router = APIRouter(responses=documented.problems(401, 403, 404, 422, 503))


@router.post("/stars/{person}/apply", status_code=201, operation_id=action_of(ApplyStar), **KEY)
async def apply_star(person: UUID, form: Application, request: Request, caller: Called) -> Response:
    """Apply for a star, for yourself or for somebody of your team. Needs an `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await StarDesk(caller.service).step(person, form, asking), 201)


@router.post("/stars/{person}/notice", operation_id=action_of(NoticeStar), **KEY_AND_VERSION)
async def notice_star(person: UUID, form: Notice, request: Request, caller: Called) -> Response:
    """Put the application on public notice for as many working days as the rules have it. Needs
    `Idempotency-Key` and `If-Match`."""
    return await _step(person, form, request, caller)


@router.post("/star-notices/{number}/object", operation_id=action_of(ObjectStar), **KEY)
async def object_star(
    number: Number, form: Objection, request: Request, caller: Called
) -> Response:
    """Object to what is on public notice under this number. Needs an `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await StarDesk(caller.service).object(number, form, asking))


@router.post("/stars/{person}/answer", operation_id=action_of(AnswerObjection), **KEY_AND_VERSION)
async def answer_objection(
    person: UUID, form: ObjectionAnswer, request: Request, caller: Called
) -> Response:
    """Say what was found about an objection. Needs `Idempotency-Key` and `If-Match`."""
    return await _step(person, form, request, caller)


@router.post("/stars/{person}/award", operation_id=action_of(AwardStar), **KEY_AND_VERSION)
async def award_star(person: UUID, form: AwardForm, request: Request, caller: Called) -> Response:
    """Award the star that was applied for, once its notice is over. Needs `Idempotency-Key` and
    `If-Match`."""
    return await _step(person, form, request, caller)


@router.post("/stars/{person}/refuse", operation_id=action_of(RefuseStar), **KEY_AND_VERSION)
async def refuse_star(person: UUID, form: Refusal, request: Request, caller: Called) -> Response:
    """Turn the application down. Needs `Idempotency-Key` and `If-Match`."""
    return await _step(person, form, request, caller)


@router.post("/stars/{person}/revoke", operation_id=action_of(RevokeStar), **KEY_AND_VERSION)
async def revoke_star(person: UUID, form: Revocation, request: Request, caller: Called) -> Response:
    """Take the star away that is held. Needs `Idempotency-Key` and `If-Match`."""
    return await _step(person, form, request, caller)


@router.post("/stars/{person}/clear", operation_id=action_of(ClearStar), **KEY_AND_VERSION)
async def clear_star(person: UUID, form: Clearance, request: Request, caller: Called) -> Response:
    """Say that a star is in doubt no more: the hours that it takes are there. Needs
    `Idempotency-Key` and `If-Match`."""
    return await _step(person, form, request, caller)


@router.post("/stars/{person}/record", status_code=201, operation_id=action_of(RecordStar), **KEY)
async def record_star(person: UUID, form: RecordForm, request: Request, caller: Called) -> Response:
    """Take over an award as it stands, whatever the ladder here says. Needs an
    `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await StarDesk(caller.service).record(person, form, asking), 201)


async def _step(person: UUID, form: StepForm, request: Request, caller: Caller) -> Response:
    asking = await caller.asks(request, expected_version(request))
    return receipt(await StarDesk(caller.service).step(person, form, asking))

"""Entrypoint: HTTP to honours: who is nominated, and what becomes of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.points.caller import Called, Caller
from services.points.honour.commands import (
    AnswerHonourObjection,
    DeclineHonour,
    GrantHonour,
    NominateHonour,
    ObjectHonour,
    PubliciseHonour,
    RecordHonour,
    WithdrawHonour,
)
from services.points.honouring import forms
from services.points.honouring.desk import HonourDesk, StepForm
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

router = APIRouter(prefix="/honours", responses=documented.problems(401, 403, 404, 422, 503))


@router.post("", status_code=201, operation_id=action_of(NominateHonour), **KEY)
async def nominate_honour(form: forms.Nomination, request: Request, caller: Called) -> Response:
    """Nominate somebody for an honour of the rules in force. Needs an `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await HonourDesk(caller.service).nominate(form, asking), 201)


@router.post("/record", status_code=201, operation_id=action_of(RecordHonour), **KEY)
async def record_honour(form: forms.RecordForm, request: Request, caller: Called) -> Response:
    """Take over an honour as it stands, whatever the rules here say. Needs an
    `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await HonourDesk(caller.service).record(form, asking), 201)


@router.post("/{honour}/object", operation_id=action_of(ObjectHonour), **KEY)
async def object_honour(
    honour: UUID, form: forms.Objection, request: Request, caller: Called
) -> Response:
    """Object to what is on public notice. Needs an `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await HonourDesk(caller.service).object(honour, form, asking))


@router.post("/{honour}/publicise", operation_id=action_of(PubliciseHonour), **KEY_AND_VERSION)
async def publicise_honour(
    honour: UUID, form: forms.Notice, request: Request, caller: Called
) -> Response:
    """Put the nomination on public notice for as many working days as the rules have it. Needs
    `Idempotency-Key` and `If-Match`."""
    return await _step(honour, form, request, caller)


@router.post("/{honour}/answer", operation_id=action_of(AnswerHonourObjection), **KEY_AND_VERSION)
async def answer_honour_objection(
    honour: UUID, form: forms.ObjectionAnswer, request: Request, caller: Called
) -> Response:
    """Say what was found about an objection. Needs `Idempotency-Key` and `If-Match`."""
    return await _step(honour, form, request, caller)


@router.post("/{honour}/grant", operation_id=action_of(GrantHonour), **KEY_AND_VERSION)
async def grant_honour(
    honour: UUID, form: forms.Granting, request: Request, caller: Called
) -> Response:
    """Grant the honour, once its notice is over. Needs `Idempotency-Key` and `If-Match`."""
    return await _step(honour, form, request, caller)


@router.post("/{honour}/decline", operation_id=action_of(DeclineHonour), **KEY_AND_VERSION)
async def decline_honour(
    honour: UUID, form: forms.Declining, request: Request, caller: Called
) -> Response:
    """Turn the nomination down. Needs `Idempotency-Key` and `If-Match`."""
    return await _step(honour, form, request, caller)


@router.post("/{honour}/withdraw", operation_id=action_of(WithdrawHonour), **KEY_AND_VERSION)
async def withdraw_honour(
    honour: UUID, form: forms.Withdrawal, request: Request, caller: Called
) -> Response:
    """Let the honour be held no more. Needs `Idempotency-Key` and `If-Match`."""
    return await _step(honour, form, request, caller)


async def _step(honour: UUID, form: StepForm, request: Request, caller: Caller) -> Response:
    asking = await caller.asks(request, expected_version(request))
    return receipt(await HonourDesk(caller.service).step(honour, form, asking))

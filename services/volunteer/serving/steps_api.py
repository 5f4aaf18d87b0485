"""Entrypoint: the steps of a duty post."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.volunteer.caller import Called, Caller
from services.volunteer.duty.commands import (
    AddShifts,
    CheckIn,
    EndDuty,
    KeepPledge,
    MakePledge,
    PublishAssessment,
    RaiseDutyIssue,
    ScoreTrack,
    ServeShift,
)
from services.volunteer.serving.desk import DutyDesk, StepForm
from services.volunteer.serving.forms import (
    CheckingIn,
    EndingDuty,
    Issue,
    Kept,
    Pledge,
    Publishing,
    Score,
    Served,
    Shifts,
)
from shared.core.access import action_of
from shared.core.messages import Command
from shared.runtime.web import documented
from shared.runtime.web.answering import Receipt, receipt
from shared.runtime.web.requests import expected_version

KEY: dict[str, Any] = {
    "response_model": Receipt,
    "responses": documented.problems(400, 409, 413, 415),
    "openapi_extra": documented.needs(documented.IDEMPOTENCY_KEY),
}
KEY_AND_VERSION: dict[str, Any] = {
    "response_model": Receipt,
    "responses": documented.problems(400, 409, 412, 413, 415, 428),
    "openapi_extra": documented.needs(documented.IDEMPOTENCY_KEY, documented.IF_MATCH),
}

router = APIRouter()


@router.post("/duties/{duty_id}/shifts", operation_id=action_of(AddShifts), **KEY)
async def add_shifts(duty_id: UUID, form: Shifts, request: Request, caller: Called) -> Response:
    """Give a post further shifts, one by one or by a pattern, all or none. Needs an
    `Idempotency-Key`."""
    return await _step(duty_id, form, request, caller, AddShifts)


@router.post("/duties/{duty_id}/check-in", operation_id=action_of(CheckIn), **KEY)
async def check_in(duty_id: UUID, form: CheckingIn, request: Request, caller: Called) -> Response:
    """Say that the holder is there. Needs an `Idempotency-Key`; no version, for it is so whatever
    others have done meanwhile."""
    return await _step(duty_id, form, request, caller, CheckIn)


@router.post("/duties/{duty_id}/issues", operation_id=action_of(RaiseDutyIssue), **KEY)
async def raise_duty_issue(
    duty_id: UUID, form: Issue, request: Request, caller: Called
) -> Response:
    """Say what the holder found. Needs an `Idempotency-Key`."""
    return await _step(duty_id, form, request, caller, RaiseDutyIssue)


@router.post("/duties/{duty_id}/score", operation_id=action_of(ScoreTrack), **KEY_AND_VERSION)
async def score_track(duty_id: UUID, form: Score, request: Request, caller: Called) -> Response:
    """Judge one of the two tracks; the holder does not judge themselves. Needs `Idempotency-Key`
    and `If-Match`."""
    return await _step(duty_id, form, request, caller, ScoreTrack)


@router.post(
    "/duties/{duty_id}/publish", operation_id=action_of(PublishAssessment), **KEY_AND_VERSION
)
async def publish_assessment(
    duty_id: UUID, form: Publishing, request: Request, caller: Called
) -> Response:
    """Tell both scores of a period. Needs `Idempotency-Key` and `If-Match`."""
    return await _step(duty_id, form, request, caller, PublishAssessment)


@router.post("/duties/{duty_id}/pledges", operation_id=action_of(MakePledge), **KEY)
async def make_pledge(duty_id: UUID, form: Pledge, request: Request, caller: Called) -> Response:
    """Promise to go ahead. Needs an `Idempotency-Key`."""
    return await _step(duty_id, form, request, caller, MakePledge)


@router.post("/duties/{duty_id}/kept", operation_id=action_of(KeepPledge), **KEY)
async def keep_pledge(duty_id: UUID, form: Kept, request: Request, caller: Called) -> Response:
    """Say that a pledge was kept. Needs an `Idempotency-Key`."""
    return await _step(duty_id, form, request, caller, KeepPledge)


@router.post("/duties/{duty_id}/served", operation_id=action_of(ServeShift), **KEY)
async def serve_shift(duty_id: UUID, form: Served, request: Request, caller: Called) -> Response:
    """Say for how long the holder served; the hours wait for approval. Needs an
    `Idempotency-Key`."""
    return await _step(duty_id, form, request, caller, ServeShift)


@router.post("/duties/{duty_id}/end", operation_id=action_of(EndDuty), **KEY_AND_VERSION)
async def end_duty(duty_id: UUID, form: EndingDuty, request: Request, caller: Called) -> Response:
    """Let nothing of it be due any more. Needs `Idempotency-Key` and `If-Match`."""
    return await _step(duty_id, form, request, caller, EndDuty)


VERSIONED: frozenset[type[Command]] = frozenset({ScoreTrack, PublishAssessment, EndDuty})


async def _step(
    duty_id: UUID, form: StepForm, request: Request, caller: Caller, command: type[Command]
) -> Response:
    version = expected_version(request) if command in VERSIONED else None
    asking = await caller.asks(request, version)
    return receipt(await DutyDesk(caller.service).step(duty_id, form, asking, command))

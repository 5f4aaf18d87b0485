"""Entrypoint: HTTP to claims for points, and to those who approve them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from services.points.caller import Called
from services.points.claim.commands import ApproveClaim, ClaimPoints, RejectClaim, WithdrawClaim
from services.points.claiming import batch, reading
from services.points.claiming.answers import ApprovedClaims, Claimable, ClaimPage
from services.points.claiming.desk import ClaimDesk
from services.points.claiming.filters import ClaimableFilter, ClaimFilter
from services.points.claiming.forms import Approval, Approvals, NewClaim, Rejection, Withdrawal
from shared.core.access import action_of
from shared.runtime.web import documented
from shared.runtime.web.answering import Receipt, answer_with, receipt

READS = documented.problems(401, 403, 404, 422, 503)
COMMANDS = documented.problems(400, 409, 413, 415)
NEEDS = documented.needs(documented.IDEMPOTENCY_KEY)
STEP: dict[str, Any] = {
    "response_model": Receipt,
    "responses": COMMANDS,
    "openapi_extra": NEEDS,
}

router = APIRouter(responses=READS)


@router.post("/claims", status_code=201, operation_id=action_of(ClaimPoints), **STEP)
async def claim_points(form: NewClaim, request: Request, caller: Called) -> Response:
    """Claim points for what one did, or what another did. The id of the receipt is that of the
    claim. A photo is one claim: it may be claimed with again once it was rejected or withdrawn.
    Needs an `Idempotency-Key`; every retry gets the first answer."""
    asking = await caller.asks(request)
    return receipt(await ClaimDesk(caller.service).claim(form, asking), 201)


@router.post(
    "/claims/approve",
    response_model=ApprovedClaims,
    operation_id="approve_claims",
    responses=COMMANDS,
    openapi_extra=NEEDS,
)
async def approve_claims(form: Approvals, request: Request, caller: Called) -> Response:
    """Approve many claims, each for itself. Needs an `Idempotency-Key`; a retry gets the first
    answer of those that were approved and tries the others again."""
    asking = await caller.asks(request)
    return answer_with(await batch.approved(caller.service, form, asking))


@router.post("/claims/{claim_id}/approve", operation_id=action_of(ApproveClaim), **STEP)
async def approve_claim(
    claim_id: UUID, form: Approval, request: Request, caller: Called
) -> Response:
    """Say that it is so: another person than who claimed it and than whose points they are. The
    points are given with it, by the rules under which it was claimed. Needs an
    `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await ClaimDesk(caller.service).step(claim_id, form, asking))


@router.post("/claims/{claim_id}/reject", operation_id=action_of(RejectClaim), **STEP)
async def reject_claim(
    claim_id: UUID, form: Rejection, request: Request, caller: Called
) -> Response:
    """Say that it is not so. Needs an `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await ClaimDesk(caller.service).step(claim_id, form, asking))


@router.post("/claims/{claim_id}/withdraw", operation_id=action_of(WithdrawClaim), **STEP)
async def withdraw_claim(
    claim_id: UUID, form: Withdrawal, request: Request, caller: Called
) -> Response:
    """Take back what one claimed, or what was claimed for one. Needs an `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await ClaimDesk(caller.service).step(claim_id, form, asking))


@router.get("/claims", response_model=ClaimPage, operation_id="read_claims")
async def read_claims(caller: Called, wanted: Annotated[ClaimFilter, Query()]) -> Response:
    """Claims of the actor's territory; a resident's own. Those that wait are the reviewer's queue,
    the oldest first."""
    return answer_with(await reading.page(caller, wanted))


@router.get("/claimable", response_model=Claimable, operation_id="read_claimable")
async def read_claimable(caller: Called, wanted: Annotated[ClaimableFilter, Query()]) -> Response:
    """What one may claim, by the rules in force at home, and what the limits of today leave."""
    return answer_with(await reading.claimable(caller, wanted, datetime.now(UTC)))

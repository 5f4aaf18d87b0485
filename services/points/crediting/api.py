"""Entrypoint: HTTP to accounts of points, and to what is given to them and from them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from services.points.account.commands import (
    DeductPoints,
    EarnPoints,
    MovePointsAccount,
    NameKeeper,
    OpenPointsAccount,
    ReversePoints,
    TransferPoints,
)
from services.points.caller import Called
from services.points.crediting.desk import AccountDesk
from services.points.crediting.forms import (
    Giving,
    Keeping,
    Move,
    NewAccount,
    Reversal,
    Taking,
    Transfer,
)
from services.points.crediting.giving import GivingDesk
from services.points.crediting.named import Account
from services.points.crediting.sharing import SharingDesk
from shared.core.access import action_of
from shared.runtime.web import documented
from shared.runtime.web.answering import Receipt, receipt

READS = documented.problems(401, 403, 404, 422, 503)
STEP: dict[str, Any] = {
    "response_model": Receipt,
    "responses": documented.problems(400, 409, 413, 415),
    "openapi_extra": documented.needs(documented.IDEMPOTENCY_KEY),
}
ACCOUNT = "/{kind}/{holder}"
Number = Annotated[int, Path(ge=1, lt=2**31)]

router = APIRouter(prefix="/accounts", responses=READS)


@router.post("", status_code=201, operation_id=action_of(OpenPointsAccount), **STEP)
async def open_points_account(form: NewAccount, request: Request, caller: Called) -> Response:
    """Keep the points of a person or of a household. Needs an `Idempotency-Key`; every retry gets
    the first answer."""
    asking = await caller.asks(request)
    return receipt(await AccountDesk(caller.service).open(form, asking), 201)


@router.post(f"{ACCOUNT}/move", operation_id=action_of(MovePointsAccount), **STEP)
async def move_points_account(
    named: Account, form: Move, request: Request, caller: Called
) -> Response:
    """Their home is another community now. Needs an `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await AccountDesk(caller.service).change(named, form, asking))


@router.post(f"{ACCOUNT}/keeper", operation_id=action_of(NameKeeper), **STEP)
async def name_keeper(named: Account, form: Keeping, request: Request, caller: Called) -> Response:
    """Let another person of the household act for it. Needs an `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await AccountDesk(caller.service).change(named, form, asking))


@router.post(f"{ACCOUNT}/earn", operation_id=action_of(EarnPoints), **STEP)
async def earn_points(named: Account, form: Giving, request: Request, caller: Called) -> Response:
    """Give points at once, for a reason that the rules let you give, shown as they ask. The version
    of the receipt is the number of the lot. Needs an `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await GivingDesk(caller.service).give(named, form, asking))


@router.post(f"{ACCOUNT}/deduct", operation_id=action_of(DeductPoints), **STEP)
async def deduct_points(named: Account, form: Taking, request: Request, caller: Called) -> Response:
    """Take points for what was done: never more than may be spent. Needs an `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await GivingDesk(caller.service).take(named, form, asking))


@router.post(f"{ACCOUNT}/lots/{{lot}}/reverse", operation_id=action_of(ReversePoints), **STEP)
async def reverse_points(
    named: Account, lot: Number, form: Reversal, request: Request, caller: Called
) -> Response:
    """Take back what a lot brought; what is spent of it already is owed. Needs an
    `Idempotency-Key`."""
    asking = await caller.asks(request)
    desk = AccountDesk(caller.service)
    return receipt(await desk.reverse(named, (lot, form.reason), asking))


@router.post(f"{ACCOUNT}/transfer", operation_id=action_of(TransferPoints), **STEP)
async def transfer_points(
    named: Account, form: Transfer, request: Request, caller: Called
) -> Response:
    """Give points to another account of the same household, where the rules let them pass. Needs
    an `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await SharingDesk(caller.service).transfer(named, form, asking))

"""Entrypoint: HTTP to accounts, and to what is given from them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.volunteer.account.commands import BarVolunteer, MoveAccount, OpenAccount
from services.volunteer.account.time_commands import (
    BequeathAccount,
    DonateTime,
    GiftTime,
    TransferOut,
)
from services.volunteer.banking.desk import AccountDesk
from services.volunteer.banking.forms import (
    Bar,
    Bequest,
    Donation,
    Gift,
    Leaving,
    Move,
    NewAccount,
)
from services.volunteer.banking.giving import GivingDesk
from services.volunteer.caller import Called
from shared.core.access import action_of
from shared.runtime.web import documented
from shared.runtime.web.answering import Receipt, receipt

READS = documented.problems(401, 403, 404, 422, 503)
STEP: dict[str, Any] = {
    "response_model": Receipt,
    "responses": documented.problems(400, 409, 413, 415),
    "openapi_extra": documented.needs(documented.IDEMPOTENCY_KEY),
}

router = APIRouter(prefix="/accounts", responses=READS)


@router.post("", status_code=201, operation_id=action_of(OpenAccount), **STEP)
async def open_account(form: NewAccount, request: Request, caller: Called) -> Response:
    """Keep the time of somebody who has not served yet, so that they can be given some. Needs an
    `Idempotency-Key`; every retry gets the first answer."""
    asking = await caller.asks(request)
    return receipt(await AccountDesk(caller.service).open(form, asking), 201)


@router.post("/{person}/gift", operation_id=action_of(GiftTime), **STEP)
async def gift_time(person: UUID, form: Gift, request: Request, caller: Called) -> Response:
    """Give time to a direct relative, by the register. Needs an `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await GivingDesk(caller.service).gift(person, form, asking))


@router.post("/{person}/donate", operation_id=action_of(DonateTime), **STEP)
async def donate_time(person: UUID, form: Donation, request: Request, caller: Called) -> Response:
    """Give time to the pool of a community. Needs an `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await GivingDesk(caller.service).donate(person, form, asking))


@router.post("/{person}/bequeath", operation_id=action_of(BequeathAccount), **STEP)
async def bequeath_account(
    person: UUID, form: Bequest, request: Request, caller: Called
) -> Response:
    """They died: all that is left goes to an heir. Needs an `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await GivingDesk(caller.service).bequeath(person, form, asking))


@router.post("/{person}/transfer-out", operation_id=action_of(TransferOut), **STEP)
async def transfer_out(person: UUID, form: Leaving, request: Request, caller: Called) -> Response:
    """All that is left goes to a time bank outside the district. Needs an `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await AccountDesk(caller.service).step(person, form, asking))


@router.post("/{person}/bar", operation_id=action_of(BarVolunteer), **STEP)
async def bar_volunteer(person: UUID, form: Bar, request: Request, caller: Called) -> Response:
    """Take no hours of this person on record until then. Needs an `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await AccountDesk(caller.service).step(person, form, asking))


@router.post("/{person}/move", operation_id=action_of(MoveAccount), **STEP)
async def move_account(person: UUID, form: Move, request: Request, caller: Called) -> Response:
    """Their home is another community now. Needs an `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await AccountDesk(caller.service).step(person, form, asking))

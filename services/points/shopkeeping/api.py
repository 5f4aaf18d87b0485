"""Entrypoint: HTTP to what those do who keep a shop."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, cast
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.points.caller import Called
from services.points.redemption.commands import FulfilRedemption, ReturnRedemption
from services.points.shop.commands import OpenShop
from services.points.shopkeeping.counter import Counter
from services.points.shopkeeping.desk import ShopDesk
from services.points.shopkeeping.forms import (
    ITEM_STEPS,
    SHOP_STEPS,
    Back,
    HandOver,
    LookUp,
    NewItem,
    NewShop,
    Step,
)
from services.points.shopping.answers import RedemptionView
from services.points.shopping.views import redemption_view
from services.points.stock.commands import ListItem
from shared.core.access import action_of
from shared.runtime.web import documented
from shared.runtime.web.answering import Receipt, answer_with, receipt
from shared.runtime.web.forms import Sent

READS = documented.problems(401, 403, 404, 422, 503)
STEP: dict[str, Any] = {
    "response_model": Receipt,
    "responses": documented.problems(400, 409, 413, 415),
    "openapi_extra": documented.needs(documented.IDEMPOTENCY_KEY),
}

router = APIRouter(responses=READS)


@router.post("/shops", status_code=201, operation_id=action_of(OpenShop), **STEP)
async def open_shop(form: NewShop, request: Request, caller: Called) -> Response:
    """Open a shop. Needs an `Idempotency-Key`; every retry gets the first answer."""
    asking = await caller.asks(request)
    return receipt(await ShopDesk(caller.service).open(form, asking), 201)


@router.post("/shops/{shop}/items", status_code=201, operation_id=action_of(ListItem), **STEP)
async def list_item(shop: UUID, form: NewItem, request: Request, caller: Called) -> Response:
    """Offer an item. Needs an `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await ShopDesk(caller.service).offer(shop, form, asking), 201)


@router.post(
    "/shops/{shop}/look-up",
    response_model=RedemptionView,
    operation_id="look_up_code",
    responses=documented.problems(400, 413, 415, 429),
)
async def look_up_code(shop: UUID, form: LookUp, caller: Called) -> Response:
    """What waits here under a code. After some wrong codes there is a pause."""
    row = await Counter(caller.service).look_up(shop, form.code, caller.actor)
    return answer_with(redemption_view(caller.service, row, caller.actor))


@router.post(
    "/redemptions/{one}/fulfil",
    operation_id=action_of(FulfilRedemption),
    **{**STEP, "responses": documented.problems(400, 409, 413, 415, 429)},
)
async def fulfil_redemption(
    one: UUID, form: HandOver, request: Request, caller: Called
) -> Response:
    """Hand over what waits. Needs an `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await Counter(caller.service).hand_over(one, form, asking))


@router.post("/redemptions/{one}/return", operation_id=action_of(ReturnRedemption), **STEP)
async def return_redemption(one: UUID, form: Back, request: Request, caller: Called) -> Response:
    """Take back pieces that were handed over; their points come back. Needs an
    `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await Counter(caller.service).take_back(one, form, asking))


def _add_step(kind: str, verb: str, step: Step) -> None:
    form: Any = step.form

    async def take(one: UUID, form: Sent, request: Request, caller: Called) -> Response:
        asking, desk = await caller.asks(request), ShopDesk(caller.service)
        taken = desk.shop_step if kind == "shop" else desk.item_step
        return receipt(await taken(one, verb, form, asking))

    take.__annotations__ |= {"form": form}
    take.__doc__ = f"{form.__doc__} Needs an `Idempotency-Key`."
    action = action_of(step.command)
    route: Callable[..., Any] = router.post(
        f"/{kind}s/{{one}}/{verb}", operation_id=action, name=action.replace("_", " "), **STEP
    )
    route(cast("Callable[..., Coroutine[Any, Any, Response]]", take))


for _verb, _step in SHOP_STEPS.items():
    _add_step("shop", _verb, _step)
for _verb, _step in ITEM_STEPS.items():
    _add_step("item", _verb, _step)

"""Entrypoint: HTTP to shops and to what people choose there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from services.points.access import ACCESS
from services.points.caller import Called
from services.points.files import no_such
from services.points.queries.redemptions import Redemptions
from services.points.queries.shops import Shops
from services.points.redemption.commands import CancelRedemption, RequestRedemption
from services.points.shopping import views
from services.points.shopping.answers import Catalogue, RedemptionList, RedemptionView, ShopList
from services.points.shopping.desk import ShoppingDesk
from services.points.shopping.forms import (
    Cancelling,
    CatalogueFilter,
    Choice,
    MineFilter,
    ShopsFilter,
)
from shared.core.access import Reach, Thing, action_of
from shared.core.messages import Forbidden
from shared.runtime.web import documented
from shared.runtime.web.answering import Receipt, answer_with, receipt

READS = documented.problems(401, 403, 404, 422, 503)
STEP: dict[str, Any] = {
    "response_model": Receipt,
    "responses": documented.problems(400, 409, 413, 415),
    "openapi_extra": documented.needs(documented.IDEMPOTENCY_KEY),
}

router = APIRouter(responses=READS)


@router.get("/shops", response_model=ShopList, operation_id="read_shops")
async def read_shops(caller: Called, wanted: Annotated[ShopsFilter, Query()]) -> Response:
    """The points supermarkets there are."""
    service = caller.service
    await service.map.fresh()
    seen = ACCESS.reach(caller.actor, "read_shops", Reach(wanted.territory), service.map.within)
    mark = await service.watermarks.reach("shops", wanted.min_position)
    rows = await Shops(service.pool).all(service.map.below(seen.territory))
    items = [views.shop_view(row) for row in rows]
    return answer_with({"items": items, "watermark": mark.model_dump()})


@router.get("/shops/{shop}/catalogue", response_model=Catalogue, operation_id="read_catalogue")
async def read_catalogue(
    shop: UUID, caller: Called, wanted: Annotated[CatalogueFilter, Query()]
) -> Response:
    """What a shop offers today, and for how many points."""
    service = caller.service
    await service.map.fresh()
    mark = await service.watermarks.reach("shop_stock", wanted.min_position)
    found = await Shops(service.pool).shop(shop)
    place = (found["territory"],) if found else ()
    ACCESS.check(caller.actor, "read_catalogue", Thing(place), service.map.within)
    if found is None:
        raise no_such("shop", shop)
    rows = [dict(row) for row in await Shops(service.pool).items(shop)]
    rules = await service.rules(found["territory"], datetime.now(UTC))
    shown = views.catalogue(found, [*rows], rules)
    return answer_with({**shown, "watermark": mark.model_dump()})


@router.post("/redemptions", status_code=201, operation_id=action_of(RequestRedemption), **STEP)
async def request_redemption(form: Choice, request: Request, caller: Called) -> Response:
    """Put something aside for points. Needs an `Idempotency-Key`; every retry gets the first
    answer."""
    asking = await caller.asks(request)
    return receipt(await ShoppingDesk(caller.service).choose(form, asking), 201)


@router.post("/redemptions/{one}/cancel", operation_id=action_of(CancelRedemption), **STEP)
async def cancel_redemption(one: UUID, _: Cancelling, request: Request, caller: Called) -> Response:
    """Let what was put aside be free again. Needs an `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await ShoppingDesk(caller.service).cancel(one, asking))


@router.get("/redemptions/{one}", response_model=RedemptionView, operation_id="read_redemption")
async def read_redemption(
    one: UUID, caller: Called, wanted: Annotated[CatalogueFilter, Query()]
) -> Response:
    """Something chosen; who chose it gets the code, while it waits."""
    service, actor = caller.service, caller.actor
    mark = await service.watermarks.reach("redemptions", wanted.min_position)
    row = await Redemptions(service.pool).one(one)
    await service.map.fresh()
    thing = Thing((row["territory"],), owner=str(row["keeper"])) if row else Thing(owner=actor.id)
    try:
        ACCESS.check(actor, "read_redemption", thing, service.map.within)
    except Forbidden as no:
        if no.code == "role_missing":
            raise
        raise no_such("redemption", one) from no
    if row is None:
        raise no_such("redemption", one)
    shown = views.redemption_view(service, row, actor)
    return answer_with({**shown, "watermark": mark.model_dump()})


@router.get("/me/redemptions", response_model=RedemptionList, operation_id="read_my_redemptions")
async def read_my_redemptions(caller: Called, wanted: Annotated[MineFilter, Query()]) -> Response:
    """What one chose, for oneself and for one's household, with the codes of what waits."""
    service, actor = caller.service, caller.actor
    thing = Thing(owner=actor.id)
    ACCESS.check(actor, "read_my_redemptions", thing, service.map.within)
    mark = await service.watermarks.reach("redemptions", wanted.min_position)
    own = actor.person
    found = Redemptions(service.pool)
    rows = await found.of_keeper(own, wanted.before, wanted.limit + 1) if own else []
    shown = [views.redemption_view(service, row, actor) for row in rows[: wanted.limit]]
    following = shown[-1]["asked_at"] if len(rows) > wanted.limit else None
    return answer_with({"items": shown, "next": following, "watermark": mark.model_dump()})

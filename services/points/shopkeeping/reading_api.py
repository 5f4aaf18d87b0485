"""Entrypoint: HTTP to what is on the shelves, how it came and where it went."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from services.points.access import ACCESS
from services.points.caller import Called, Caller
from services.points.files import no_such
from services.points.projections.shop_stock import prices_of
from services.points.queries.redemptions import Redemptions
from services.points.queries.shops import Shops
from services.points.shopkeeping.answers import Moves, StockView, Supplies
from services.points.shopkeeping.forms import MovesFilter, RedemptionsFilter, StockFilter
from services.points.shopping.answers import RedemptionList
from services.points.shopping.views import offer, redemption_view, shop_view
from shared.core.access import Thing
from shared.core.local_time import day_of
from shared.core.messages import Forbidden
from shared.runtime.web import documented
from shared.runtime.web.answering import answer_with

FIGURES = ("version", "status", "stocked", "held", "given", "off")
MOVE = ("kind", "at", "quantity", "shelf", "held", "given", "off", "shelf_after", "held_after",
        "supply", "source", "cost", "reason", "redemption", "actor")  # fmt: skip

router = APIRouter(responses=documented.problems(401, 403, 404, 422, 503))


@router.get("/shops/{shop}/stock", response_model=StockView, operation_id="read_stock")
async def read_stock(
    shop: UUID, caller: Called, wanted: Annotated[StockFilter, Query()]
) -> Response:
    """Everything a shop ever offered, with its prices and where its pieces are."""
    mark = await caller.service.watermarks.reach("shop_stock", wanted.min_position)
    found = await _shop(caller, shop, "read_stock")
    today = day_of(datetime.now(UTC))
    items = [
        {
            **offer(row, today),
            **{name: row[name] for name in FIGURES},
            "prices": [price.model_dump() for price in prices_of(row["prices"])],
        }
        for row in await Shops(caller.service.pool).items(shop)
    ]
    shown = {"shop": shop_view(found), "items": items, "watermark": mark.model_dump()}
    return answer_with(shown)


@router.get("/items/{item}/moves", response_model=Moves, operation_id="read_stock_moves")
async def read_stock_moves(
    item: UUID, caller: Called, wanted: Annotated[MovesFilter, Query()]
) -> Response:
    """How each piece came and went, the latest first."""
    service = caller.service
    mark = await service.watermarks.reach("stock_moves", wanted.min_position)
    row = await Shops(service.pool).item(item)
    await _seen(caller, row, "read_stock_moves", ("item", item))
    rows = await Shops(service.pool).moves(item, wanted.after, wanted.limit + 1)
    shown = [
        {"number": one["position"], **{name: one[name] for name in MOVE}}
        for one in rows[: wanted.limit]
    ]
    following = shown[-1]["number"] if len(rows) > wanted.limit else None
    return answer_with({"items": shown, "next": following, "watermark": mark.model_dump()})


@router.get("/shops/{shop}/supplies", response_model=Supplies, operation_id="read_supplies")
async def read_supplies(
    shop: UUID, caller: Called, wanted: Annotated[StockFilter, Query()]
) -> Response:
    """What came from whom, and what it cost."""
    mark = await caller.service.watermarks.reach("stock_moves", wanted.min_position)
    await _shop(caller, shop, "read_supplies")
    rows = [dict(row) for row in await Shops(caller.service.pool).supplies(shop)]
    return answer_with({"items": rows, "watermark": mark.model_dump()})


@router.get(
    "/shops/{shop}/redemptions", response_model=RedemptionList, operation_id="read_redemptions"
)
async def read_redemptions(
    shop: UUID, caller: Called, wanted: Annotated[RedemptionsFilter, Query()]
) -> Response:
    """What was chosen at a shop, the latest first; no codes."""
    service, found = caller.service, Redemptions(caller.service.pool)
    mark = await service.watermarks.reach("redemptions", wanted.min_position)
    await _shop(caller, shop, "read_redemptions")
    rows = await found.of_shop(shop, wanted.status, wanted.before, wanted.limit + 1)
    shown = [redemption_view(service, row, caller.actor) for row in rows[: wanted.limit]]
    following = shown[-1]["asked_at"] if len(rows) > wanted.limit else None
    return answer_with({"items": shown, "next": following, "watermark": mark.model_dump()})


async def _shop(caller: Caller, shop: UUID, action: str) -> Any:
    row = await Shops(caller.service.pool).shop(shop)
    await _seen(caller, row, action, ("shop", shop))
    return row


async def _seen(caller: Caller, row: Any, action: str, what: tuple[str, UUID]) -> None:
    """Raises Problem (404) for what is not there, or not theirs to see."""
    await caller.service.map.fresh()
    place = Thing((row["territory"],) if row else ("",))
    try:
        ACCESS.check(caller.actor, action, place, caller.service.map.within)
    except Forbidden as no:
        if no.code == "role_missing":
            raise
        raise no_such(*what) from no
    if row is None:
        raise no_such(*what)

"""The shelves: what is there, what it costs, where each piece came from and went."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from services.dashboard.pages import formats
from services.dashboard.pages.neighbours import Neighbours
from services.dashboard.pages.points.counter_page import HEADS, KEEPERS
from services.dashboard.pages.points.shop_words import WORDS
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Known
from shared.runtime.web.problems import Problem

router = APIRouter()
MOVES = 30


class Wanted(BaseModel):
    """The page of moves after this one; how far the page has to have come."""

    model_config = ConfigDict(frozen=True)

    after: int = 0
    min_position: int = 0


@router.get("/counter/{shop}/stock")
async def stock(
    request: Request, shop: UUID, visitor: Known, wanted: Annotated[Wanted, Query()]
) -> Response:
    """Everything the shop ever offered, and who brought it."""
    neighbours: Neighbours = request.app.state.neighbours
    fresh = {"min_position": wanted.min_position or None}
    found = await neighbours.read("points", f"/shops/{shop}/stock", visitor.token, **fresh)
    came = await neighbours.read("points", f"/shops/{shop}/supplies", visitor.token, **fresh)
    told = {
        "shop": found["shop"],
        "found": found,
        "supplies": came["items"],
        "spent": sum(one["cost"] for one in came["items"]),
        "keeps": bool(visitor.roles & KEEPERS),
        "heads": bool(visitor.roles & HEADS),
        "today": formats.today(),
        "words": WORDS,
        "categories": sorted({one["category"] for one in found["items"]}),
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "points/stock.html", told)


@router.get("/counter/{shop}/stock/{item}")
async def item(
    request: Request, shop: UUID, item: UUID, visitor: Known, wanted: Annotated[Wanted, Query()]
) -> Response:
    """One thing: its pieces, its prices, how each piece came and went."""
    neighbours: Neighbours = request.app.state.neighbours
    fresh = {"min_position": wanted.min_position or None}
    found = await neighbours.read("points", f"/shops/{shop}/stock", visitor.token, **fresh)
    one = next((line for line in found["items"] if line["id"] == str(item)), None)
    if one is None:
        raise Problem(404, "no_such_item", f"the shop has no item {item}")
    asked: dict[str, Any] = {**fresh, "limit": MOVES, "after": wanted.after or None}
    moves = await neighbours.read("points", f"/items/{item}/moves", visitor.token, **asked)
    told = {
        "shop": found["shop"],
        "one": one,
        "moves": moves,
        "wanted": wanted,
        "keeps": bool(visitor.roles & KEEPERS),
        "today": formats.today(),
        "words": WORDS,
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "points/item.html", told)

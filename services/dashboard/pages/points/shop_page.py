"""The points supermarket for who has points: what there is, and one button to put it aside."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NamedTuple
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from services.dashboard.pages.neighbours import Neighbours
from services.dashboard.pages.points.purses import Kind, Purse, own, purses
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Known, SignedIn

router = APIRouter()
KEEPERS = frozenset({"shop_keeper"})


class Fresh(BaseModel):
    """How far the page has to have come."""

    model_config = ConfigDict(frozen=True)

    min_position: int = 0


class Wanted(Fresh):
    """Whose points are spent: one's own, one's household's, or those of a `person` at the
    counter."""

    kind: Kind = "person"
    person: UUID | None = None


class Stand(NamedTuple):
    """Whether something can be chosen: so many pieces at least, for so many points in all; `short`
    says how many points are missing."""

    state: Literal["can", "out", "unpriced", "short"]
    pieces: int = 1
    points: int = 0
    short: int = 0


def stand(offer: dict[str, Any], least: int, free: int | None) -> Stand:
    """An account spends `least` points at a time, so that of a small thing it takes several."""
    price = offer["points"]
    if price is None:
        return Stand("unpriced")
    pieces = max(1, -(-least // price))
    if offer["shelf"] < pieces:
        return Stand("out", pieces, pieces * price)
    if free is not None and free < pieces * price:
        return Stand("short", pieces, pieces * price, pieces * price - free)
    return Stand("can", pieces, pieces * price)


@router.get("/shop")
async def shops(request: Request, visitor: Known, wanted: Annotated[Fresh, Query()]) -> Response:
    """The points supermarkets, those near the visitor first."""
    neighbours: Neighbours = request.app.state.neighbours
    found = await neighbours.read(
        "points", "/shops", visitor.token, min_position=wanted.min_position or None
    )
    named = await request.app.state.directory.now()
    home = visitor.actor.territory
    there = sorted(
        found["items"], key=lambda one: (one["status"] != "open", one["territory"] != home)
    )
    told = {
        "found": found,
        "shops": there,
        "own": own(visitor) is not None,
        "home": home,
        "places": named,
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "points/shops.html", told)


@router.get("/shop/{shop}")
async def shop(
    request: Request, shop: UUID, visitor: Known, wanted: Annotated[Wanted, Query()]
) -> Response:
    """What one shop offers today."""
    neighbours: Neighbours = request.app.state.neighbours
    fresh = wanted.min_position
    path = f"/shops/{shop}/catalogue"
    found = await neighbours.read("points", path, visitor.token, min_position=fresh or None)
    kept, purse = await _spent_from(neighbours, visitor, wanted)
    free = purse.free if purse else None
    told = {
        "found": found,
        "shop": found["shop"],
        "offers": [{**one, "stand": stand(one, found["least"], free)} for one in found["items"]],
        "kept": kept,
        "purse": purse,
        "own": own(visitor) is not None,
        "other": wanted.person if visitor.roles & KEEPERS else None,
        "days": found["pickup_hours"] // 24,
        "hours": found["pickup_hours"] % 24,
        "places": await request.app.state.directory.now(),
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "points/shop.html", told)


async def _spent_from(
    neighbours: Neighbours, visitor: SignedIn, wanted: Wanted
) -> tuple[list[Purse], Purse | None]:
    """The accounts there are to choose from, and the one that is chosen."""
    if visitor.roles & KEEPERS and wanted.person:
        return [], Purse(wanted.kind, str(wanted.person))
    kept = await purses(neighbours, visitor, wanted.min_position)
    return kept, next((one for one in kept if one.kind == wanted.kind), None)

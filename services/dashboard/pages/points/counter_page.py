"""The counter: a code is typed or scanned, what waits is handed over, and what came back is taken
back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from services.dashboard.pages import formats
from services.dashboard.pages.neighbours import Neighbours
from services.dashboard.pages.points.shop_words import WORDS
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Known

router = APIRouter()
KEEPERS = frozenset({"shop_keeper"})
HEADS = frozenset({"supervisor", "administrator", "points_reviewer"})
SHOWN = 30
WAITING = 200  # more wait in no shop
LOOKED_THROUGH = 200  # of what was asked for last, to find what was handed over today


class Wanted(BaseModel):
    """What was `done` just now; those asked for before this moment; how far the page has to have
    come."""

    model_config = ConfigDict(frozen=True)

    done: UUID | None = None
    before: str = ""
    min_position: int = 0


@router.get("/counter")
async def counters(
    request: Request, visitor: Known, wanted: Annotated[Wanted, Query()]
) -> Response:
    """The shops of the visitor's territory; heads open new ones."""
    neighbours: Neighbours = request.app.state.neighbours
    asked = {"territory": visitor.actor.territory, "min_position": wanted.min_position or None}
    found = await neighbours.read("points", "/shops", visitor.token, **asked)
    named = await request.app.state.directory.now()
    told = {
        "found": found,
        "heads": bool(visitor.roles & HEADS),
        "places": named,
        "spots": named.choices(visitor.actor.territory),
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "points/counters.html", told)


@router.get("/counter/{shop}")
async def counter(
    request: Request, shop: UUID, visitor: Known, wanted: Annotated[Wanted, Query()]
) -> Response:
    """What waits at a shop, and what was handed over today."""
    neighbours: Neighbours = request.app.state.neighbours
    path, fresh = f"/shops/{shop}", {"min_position": wanted.min_position or None}
    about = await neighbours.read("points", f"{path}/catalogue", visitor.token, **fresh)
    asked = {"status": "held", "limit": WAITING, **fresh}
    held = await neighbours.read("points", f"{path}/redemptions", visitor.token, **asked)
    asked = {"status": "fulfilled", "limit": LOOKED_THROUGH, **fresh}
    given = await neighbours.read("points", f"{path}/redemptions", visitor.token, **asked)
    today = _of_today(given["items"])
    told = {
        "shop": about["shop"],
        "keeps": bool(visitor.roles & KEEPERS),
        "waiting": sorted(held["items"], key=lambda one: str(one["due"])),
        "more": held["next"] is not None,
        "given": today,
        "done": next((one for one in today if one["id"] == str(wanted.done)), None),
        "mark": held["watermark"],
        "reasons": WORDS["shop_back"],
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "points/counter.html", told)


@router.get("/counter/{shop}/given")
async def given(
    request: Request, shop: UUID, visitor: Known, wanted: Annotated[Wanted, Query()]
) -> Response:
    """Everything that was handed over, the latest first."""
    neighbours: Neighbours = request.app.state.neighbours
    path, fresh = f"/shops/{shop}", {"min_position": wanted.min_position or None}
    about = await neighbours.read("points", f"{path}/catalogue", visitor.token, **fresh)
    asked = {"status": "fulfilled", "limit": SHOWN, "before": wanted.before, **fresh}
    found = await neighbours.read("points", f"{path}/redemptions", visitor.token, **asked)
    told = {
        "shop": about["shop"],
        "found": found,
        "wanted": wanted,
        "keeps": bool(visitor.roles & KEEPERS),
        "reasons": WORDS["shop_back"],
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "points/handed_over.html", told)


def _of_today(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    today = formats.today()
    there = [one for one in rows if formats.local(one["ended_at"], "day") == today]
    return sorted(there, key=lambda one: str(one["ended_at"]), reverse=True)

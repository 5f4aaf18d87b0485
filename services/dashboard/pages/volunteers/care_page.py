"""Care in figures: how many need it, how many were visited, how many never. Nobody is named."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from services.dashboard.pages.neighbours import Neighbours
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Known

router = APIRouter()


class Wanted(BaseModel):
    """Of which part of the map, as the address says it."""

    model_config = ConfigDict(frozen=True)

    territory: str = ""
    min_position: int = 0


@router.get("/care")
async def care(request: Request, visitor: Known, wanted: Annotated[Wanted, Query()]) -> Response:
    """Coverage of the visitor's territory, or of a part of it."""
    neighbours: Neighbours = request.app.state.neighbours
    about = {"under": wanted.territory, "min_position": wanted.min_position}
    found = await neighbours.read("volunteer", "/coverage", visitor.token, **about)
    named = await request.app.state.directory.now()
    told = {
        "found": found,
        "wanted": wanted,
        "places": named,
        "spots": named.choices(visitor.actor.territory),
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "volunteers/care.html", told)

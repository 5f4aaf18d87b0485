"""Where everybody begins who has to do with volunteers: what they can do here, and what has been
done in their territory."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from services.dashboard.pages.neighbours import Neighbours
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Known
from services.dashboard.pages.volunteers import rooms_of

router = APIRouter()
LEADING = 10  # teams that are shown


class Wanted(BaseModel):
    """Whose figures, one's own territory's without any."""

    model_config = ConfigDict(frozen=True)

    territory: str = ""
    min_position: int = 0


@router.get("/volunteering")
async def volunteering(
    request: Request, visitor: Known, wanted: Annotated[Wanted, Query()]
) -> Response:
    """The pages the visitor may go to, and the hours of a territory."""
    neighbours: Neighbours = request.app.state.neighbours
    board: Any = None
    if visitor.roles & rooms_of.FIGURES:
        asked = {name: str(value) for name, value in wanted.model_dump().items() if value}
        board = await neighbours.read("volunteer", "/hours-board", visitor.token, **asked)
    named = await request.app.state.directory.now()
    told = {
        "doors": rooms_of.doors(visitor.roles),
        "board": board,
        "leading": LEADING,
        "wanted": wanted,
        "places": named,
        "spots": named.choices(visitor.actor.territory),
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "volunteers/hub.html", told)

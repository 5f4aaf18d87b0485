"""What the communities owe for points: how old it is, what it is worth, when it ends."""

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
    """Of which territory, on which day."""

    model_config = ConfigDict(frozen=True)

    territory: str = ""
    on: str = ""
    min_position: int = 0

    def asked(self) -> dict[str, str]:
        """Those that say something."""
        return {name: str(value) for name, value in self.model_dump().items() if value}


@router.get("/points/outstanding")
async def outstanding(
    request: Request, visitor: Known, wanted: Annotated[Wanted, Query()]
) -> Response:
    """What is outstanding in a territory, in points and in money."""
    neighbours: Neighbours = request.app.state.neighbours
    found = await neighbours.read("points", "/outstanding", visitor.token, **wanted.asked())
    named = await request.app.state.directory.now()
    told = {
        "found": found,
        "wanted": wanted,
        "places": named,
        "spots": named.choices(visitor.actor.territory),
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "points/outstanding.html", told)

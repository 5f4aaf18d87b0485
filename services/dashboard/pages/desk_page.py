"""The desk of whoever works on cases: their own orders, what is due first at the top."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from services.dashboard.pages import formats
from services.dashboard.pages.neighbours import Neighbours
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Known

router = APIRouter()


class Wanted(BaseModel):
    """Which orders, as the address says it."""

    model_config = ConfigDict(frozen=True)

    group: str = ""
    territory: str = ""
    after: str = ""
    min_position: int = 0

    def asked(self) -> dict[str, str]:
        """Those that say something."""
        told = {name: value for name, value in self.model_dump().items() if value}
        return {name: str(value) for name, value in told.items()}


@router.get("/desk")
async def desk(request: Request, visitor: Known, wanted: Annotated[Wanted, Query()]) -> Response:
    """The orders of the visitor."""
    neighbours: Neighbours = request.app.state.neighbours
    asked = wanted.asked()
    found = await neighbours.read("grievance", "/desk", visitor.token, **asked)
    named = await request.app.state.directory.now()
    told = {
        "found": found,
        "wanted": wanted,
        "asked": {name: value for name, value in asked.items() if name != "after"},
        "places": named,
        "spots": named.choices(visitor.actor.territory),
        "today": formats.today(),
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "desk.html", told)

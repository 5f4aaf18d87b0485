"""Campaigns: what is done about a place, about which cases, and what came of it."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from services.dashboard.pages import formats, words
from services.dashboard.pages.neighbours import Neighbours
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Known

router = APIRouter()


class Wanted(BaseModel):
    """Which campaigns, as the address says it."""

    model_config = ConfigDict(frozen=True)

    territory: str = ""
    open: Literal["", "true", "false"] = ""
    after: str = ""
    min_position: int = 0

    def asked(self) -> dict[str, str]:
        """Those that say something."""
        return {name: str(value) for name, value in self.model_dump().items() if value}


@router.get("/campaigns")
async def campaigns(
    request: Request, visitor: Known, wanted: Annotated[Wanted, Query()]
) -> Response:
    """The campaigns that the visitor may see, and what they may do with each."""
    neighbours: Neighbours = request.app.state.neighbours
    asked = wanted.asked()
    found = await neighbours.read("grievance", "/campaigns", visitor.token, **asked)
    named = await request.app.state.directory.now()
    told = {
        "found": found,
        "wanted": wanted,
        "asked": {name: value for name, value in asked.items() if name != "after"},
        "may_lead": bool(visitor.roles & words.BLOWERS),
        "may_link": bool(visitor.roles & words.BLOWERS & words.REGISTER),
        "places": named,
        "spots": named.choices(visitor.actor.territory),
        "today": formats.today(),
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "campaigns.html", told)

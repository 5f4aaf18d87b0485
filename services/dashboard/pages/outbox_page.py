"""The outbox: what petitioners would have been sent, where no port leads out of this machine."""

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
    """Which part of it, as the address says it."""

    model_config = ConfigDict(frozen=True)

    territory: str = ""
    after: str = ""
    min_position: int = 0

    def asked(self) -> dict[str, str]:
        """Those that say something."""
        told = {name: value for name, value in self.model_dump().items() if value}
        return {name: str(value) for name, value in told.items()}


@router.get("/outbox")
async def outbox(request: Request, visitor: Known, wanted: Annotated[Wanted, Query()]) -> Response:
    """A page of it, the latest first."""
    neighbours: Neighbours = request.app.state.neighbours
    asked = wanted.asked()
    found = await neighbours.read("grievance", "/outbox", visitor.token, **asked)
    named = await request.app.state.directory.now()
    told = {
        "found": found,
        "wanted": wanted,
        "asked": {name: value for name, value in asked.items() if name != "after"},
        "spots": named.choices(visitor.actor.territory),
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "outbox.html", told)

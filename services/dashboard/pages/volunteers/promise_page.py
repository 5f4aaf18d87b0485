"""Promises: what is to recur, whether it did, and since when it did not."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from services.dashboard.pages import formats, words
from services.dashboard.pages.neighbours import Neighbours
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Known
from services.dashboard.pages.volunteers.calendar_page import LEADS

router = APIRouter()


class Wanted(BaseModel):
    """Which series, as the address says it."""

    model_config = ConfigDict(frozen=True)

    territory: str = ""
    missed: Literal["", "true", "false"] = ""
    running: Literal["", "true", "false"] = ""
    after: str = ""
    min_position: int = 0

    def asked(self) -> dict[str, str]:
        """Those that say something."""
        return {name: str(value) for name, value in self.model_dump().items() if value}


@router.get("/promises")
async def promises(
    request: Request, visitor: Known, wanted: Annotated[Wanted, Query()]
) -> Response:
    """What recurs where the visitor is: kept, told late, missed."""
    neighbours: Neighbours = request.app.state.neighbours
    asked = wanted.asked()
    found = await neighbours.read("volunteer", "/promises", visitor.token, **asked)
    named = await request.app.state.directory.now()
    told = {
        "found": found,
        "wanted": wanted,
        "asked": {name: value for name, value in asked.items() if name != "after"},
        "places": named,
        "spots": named.choices(visitor.actor.territory),
        "words": words.WORDS,
        "today": formats.today(),
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "volunteers/promises.html", told)


@router.get("/promises/{series_id}")
async def promise(
    request: Request, series_id: UUID, visitor: Known, min_position: int = 0
) -> Response:
    """One series: each time it was due, and what became of it."""
    neighbours: Neighbours = request.app.state.neighbours
    shown = await neighbours.read(
        "volunteer", f"/promises/{series_id}", visitor.token, min_position=min_position
    )
    told = {
        "shown": shown,
        "places": await request.app.state.directory.now(),
        "words": words.WORDS,
        "today": formats.today(),
        "leads": bool(visitor.roles & LEADS),
        "may_open_case": bool(visitor.roles & words.REGISTER),
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "volunteers/promise.html", told)

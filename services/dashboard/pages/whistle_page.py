"""Whistles: which are open, who was called to one, who came when; and how often each unit did."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from services.dashboard.pages import words
from services.dashboard.pages.neighbours import Neighbours
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Known
from shared.core.local_time import day_of
from shared.runtime.web.problems import Problem

router = APIRouter()
DAYS = 30  # of the turnout that is shown


class Wanted(BaseModel):
    """Which whistles, as the address says it; `case` is the one that a new whistle is about."""

    model_config = ConfigDict(frozen=True)

    territory: str = ""
    open: Literal["", "true", "false"] = ""
    after: str = ""
    case: str = ""
    min_position: int = 0

    def asked(self) -> dict[str, str]:
        """Those that say something to the case service."""
        told = self.model_dump(exclude={"case"})
        return {name: str(value) for name, value in told.items() if value}


@router.get("/whistles")
async def whistles(
    request: Request, visitor: Known, wanted: Annotated[Wanted, Query()]
) -> Response:
    """The whistles that the visitor may see, and what counts for each unit."""
    neighbours: Neighbours = request.app.state.neighbours
    asked = wanted.asked()
    found = await neighbours.read("grievance", "/whistles", visitor.token, **asked)
    turnout: Any = None
    if visitor.roles & words.TURNOUT:
        since = day_of(datetime.now(UTC) - timedelta(days=DAYS - 1))
        about = {"territory": wanted.territory, "from": since, "min_position": wanted.min_position}
        turnout = await neighbours.read("grievance", "/turnout", visitor.token, **about)
    named = await request.app.state.directory.now()
    told = {
        "found": found,
        "turnout": turnout,
        "days": DAYS,
        "wanted": wanted,
        "asked": {name: value for name, value in asked.items() if name != "after"},
        "may_blow": bool(visitor.roles & words.BLOWERS),
        "places": named,
        "spots": named.choices(visitor.actor.territory),
        "words": words.WORDS,
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "whistles.html", told)


@router.get("/whistles/{whistle_id}")
async def whistle(request: Request, whistle_id: UUID, visitor: Known) -> Response:
    """One whistle. A unit that was not called is told no more than how to report."""
    neighbours: Neighbours = request.app.state.neighbours
    pages: Pages = request.app.state.pages
    try:
        shown = await neighbours.read("grievance", f"/whistles/{whistle_id}", visitor.token)
    except Problem as problem:
        if problem.status != 404 or not visitor.actor.unit:
            raise
        return pages.page(request, visitor, "whistle_unasked.html", {"whistle_id": whistle_id})
    named = await request.app.state.directory.now()
    told = {"shown": shown, "places": named, "words": words.WORDS}
    return pages.page(request, visitor, "whistle.html", told)

"""Teams: since when, how many, what they served this year; and who is in each."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from services.dashboard.pages import formats, words
from services.dashboard.pages.neighbours import Neighbours
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Known
from services.dashboard.pages.volunteers.calendar_page import SELVES

router = APIRouter()
FOUNDERS = frozenset({"team_leader", "registrar", "party_secretary"})


class Wanted(BaseModel):
    """Which teams, as the address says it."""

    model_config = ConfigDict(frozen=True)

    territory: str = ""
    status: Literal["", "active", "merged", "dissolved"] = ""
    after: str = ""
    min_position: int = 0

    def asked(self) -> dict[str, str]:
        """Those that say something."""
        return {name: str(value) for name, value in self.model_dump().items() if value}


class OneWanted(BaseModel):
    """With those who were in it, or without."""

    model_config = ConfigDict(frozen=True)

    former: bool = False
    min_position: int = 0


@router.get("/teams")
async def teams(request: Request, visitor: Known, wanted: Annotated[Wanted, Query()]) -> Response:
    """The teams there are, the oldest first."""
    neighbours: Neighbours = request.app.state.neighbours
    found = await neighbours.read("volunteer", "/teams", visitor.token, **wanted.asked())
    named = await request.app.state.directory.now()
    told = {
        "found": found,
        "wanted": wanted,
        "asked": {name: value for name, value in wanted.asked().items() if name != "after"},
        "may_found": bool(visitor.roles & FOUNDERS),
        "places": named,
        "spots": named.choices(visitor.actor.territory),
        "words": words.WORDS,
        "today": formats.today(),
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "volunteers/teams.html", told)


@router.get("/teams/{team_id}")
async def team(
    request: Request, team_id: UUID, visitor: Known, wanted: Annotated[OneWanted, Query()]
) -> Response:
    """One team and its roster."""
    neighbours: Neighbours = request.app.state.neighbours
    about = {"former": wanted.former or None, "min_position": wanted.min_position or None}
    shown = await neighbours.read("volunteer", f"/teams/{team_id}", visitor.token, **about)
    coming = await neighbours.read(
        "volunteer", "/activities", visitor.token, team=team_id, status="planned", limit=5
    )
    others: Any = []
    if shown["may_manage"]:
        every = {"territory": visitor.actor.territory, "limit": 200}
        found = await neighbours.read("volunteer", "/teams", visitor.token, **every)
        others = [one for one in found["items"] if one["team_id"] != str(team_id)]
    told = {
        "shown": shown,
        "one": shown["team"],
        "coming": coming["items"],
        "others": others,
        "former": wanted.former,
        "may_join": bool(visitor.roles & SELVES),
        "places": await request.app.state.directory.now(),
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "volunteers/team.html", told)

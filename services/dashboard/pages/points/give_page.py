"""Giving and taking points at once: for a person whom one names, for what the rules let one do."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from services.dashboard.pages import formats
from services.dashboard.pages.neighbours import Neighbours
from services.dashboard.pages.points import doors
from services.dashboard.pages.points.points_words import WORDS
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Known

router = APIRouter()


class Wanted(BaseModel):
    """For whom; `done` once something was given or taken."""

    model_config = ConfigDict(frozen=True)

    kind: Literal["person", "household"] = "person"
    holder: UUID | None = None
    done: bool = False
    min_position: int = 0


@router.get("/points/give")
async def give(request: Request, visitor: Known, wanted: Annotated[Wanted, Query()]) -> Response:
    """The forms, once somebody is named."""
    neighbours: Neighbours = request.app.state.neighbours
    named = await request.app.state.directory.now()
    home = visitor.actor.territory
    found = await neighbours.read("points", "/reasons", visitor.token, territory=home)
    mine: list[dict[str, Any]] = [one for one in found["items"] if one["at_once"]]
    told = {
        "wanted": wanted,
        "kinds": WORDS["points_holder"],
        "looks": bool(visitor.roles & doors.LOOKS),
        "given": [one for one in mine if not one["taken"]],
        "taken": [one for one in mine if one["taken"]],
        "today": formats.today(),
        "spots": named.choices(home),
        "home": home,
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "points/give.html", told)

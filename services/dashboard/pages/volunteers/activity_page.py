"""One activity: signing in by the code on site; the code, the sheet and the result for its lead."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from services.dashboard.pages import words
from services.dashboard.pages.neighbours import Neighbours
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Known, SignedIn
from services.dashboard.pages.volunteers.calendar_page import SELVES

router = APIRouter()
STEP = 30  # minutes between what can be said of one who left early


class Wanted(BaseModel):
    """How far the page has to have come; whether all are marked as having come, to begin with."""

    model_config = ConfigDict(frozen=True)

    all: bool = False
    min_position: int = 0


@router.get("/activities/{activity_id}")
async def activity(
    request: Request, activity_id: UUID, visitor: Known, wanted: Annotated[Wanted, Query()]
) -> Response:
    """An activity, and what the visitor may do with it."""
    neighbours: Neighbours = request.app.state.neighbours
    path = f"/activities/{activity_id}"
    position = wanted.min_position or None
    shown = await neighbours.read("volunteer", path, visitor.token, min_position=position)
    one = shown["activity"]
    open_, starts = one["status"] == "planned", datetime.fromisoformat(one["starts"])
    code: Any = None
    if open_ and shown["may_record"]:
        code = await neighbours.read("volunteer", f"{path}/code", visitor.token)
    sheet = [line for line in shown["sheet"] if line["status"] != "withdrawn"]
    if open_ and shown["may_record"] and one["team"]:
        sheet += await _others(neighbours, visitor, one["team"], sheet)
    named = await request.app.state.directory.now()
    span = int((datetime.fromisoformat(one["ends"]) - starts).total_seconds()) // 60
    told = {
        "shown": shown,
        "one": one,
        "open": open_,
        "begun": datetime.now(UTC) >= starts,
        "code": code,
        "sheet": sheet,
        "spans": range(STEP, span, STEP) if span > STEP else (),
        "all": wanted.all,
        "may_join": bool(visitor.roles & SELVES),
        "places": named,
        "words": words.WORDS,
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "volunteers/activity.html", told)


async def _others(
    neighbours: Neighbours, visitor: SignedIn, team: str, sheet: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The members of the team who have not signed up: they may have come all the same."""
    found = await neighbours.read("volunteer", f"/teams/{team}", visitor.token)
    known = {line["person"] for line in sheet}
    return [
        {"person": one["person"], "name": one["name"], "status": "", "evidence": None, "missed": 0}
        for one in found["roster"]
        if one["person"] not in known
    ]

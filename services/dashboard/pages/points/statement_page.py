"""How each point came and went, line by line, with what was there after it."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from services.dashboard.pages.neighbours import Neighbours
from services.dashboard.pages.points import doors
from services.dashboard.pages.points.points_words import WORDS
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Known
from shared.runtime.web.problems import Problem

router = APIRouter()
SHOWN = 20


class Wanted(BaseModel):
    """Whose statement, as the address says it: one's own without a `holder`."""

    model_config = ConfigDict(frozen=True)

    kind: Literal["person", "household"] = "person"
    holder: UUID | None = None
    as_of: str = ""
    after: str = ""
    min_position: int = 0


@router.get("/points/statement")
async def statement(
    request: Request, visitor: Known, wanted: Annotated[Wanted, Query()]
) -> Response:
    """The lines of an account, up to the end of a day."""
    neighbours: Neighbours = request.app.state.neighbours
    named = await request.app.state.directory.now()
    holder = str(wanted.holder or visitor.actor.id)
    asked = {"as_of": wanted.as_of, "after": wanted.after, "min_position": wanted.min_position}
    own = holder == visitor.actor.id
    found = None
    if wanted.holder or visitor.roles & doors.OWN:
        path = f"/accounts/{wanted.kind}/{holder}/entries"
        try:
            found = await neighbours.read("points", path, visitor.token, limit=SHOWN, **asked)
        except Problem as problem:
            if not own or problem.code not in ("no_such_account", "invalid_request"):
                raise
    told = {
        "holder": holder,
        "own": own,
        "found": found,
        "wanted": wanted,
        "mine": {} if own else {"kind": wanted.kind, "holder": holder},
        "reversals": WORDS["points_reversal"],
        "places": named,
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "points/statement.html", told)

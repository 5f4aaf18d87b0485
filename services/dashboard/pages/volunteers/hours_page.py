"""The approver's queue: hours that wait, with what is odd about each, approved one or many."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from services.dashboard.pages.neighbours import Neighbours
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Known
from services.dashboard.pages.volunteers.bank_words import WORDS
from services.dashboard.pages.volunteers.help_words import WORDS as OF_HELP

router = APIRouter()
SHOWN = 20  # as many as somebody looks through before they approve them


class Wanted(BaseModel):
    """Which records, as the address says it."""

    model_config = ConfigDict(frozen=True)

    territory: str = ""
    status: Literal["logged", "approved", "rejected", "reversed"] = "logged"
    person: str = ""
    team: str = ""
    activity: str = ""
    after: str = ""
    min_position: int = 0

    def asked(self) -> dict[str, str]:
        """Those that say something."""
        return {name: str(value) for name, value in self.model_dump().items() if value}


@router.get("/hours")
async def hours(request: Request, visitor: Known, wanted: Annotated[Wanted, Query()]) -> Response:
    """The hours that wait for the visitor, or those of another state; of all, or of a person."""
    neighbours: Neighbours = request.app.state.neighbours
    asked = wanted.asked()
    found = await neighbours.read("volunteer", "/records", visitor.token, limit=SHOWN, **asked)
    named = await request.app.state.directory.now()
    told = {
        "found": found,
        "wanted": wanted,
        "asked": {name: value for name, value in asked.items() if name != "after"},
        "states": WORDS["record_state"],
        "reasons": WORDS["reject"],
        "reverse_reasons": OF_HELP["reverse"],
        "can_approve": any("approve" in one["steps"] for one in found["items"]),
        "places": named,
        "spots": named.choices(visitor.actor.territory),
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "volunteers/hours.html", told)

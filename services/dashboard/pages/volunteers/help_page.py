"""Help among neighbours: ask in three taps, take what is open, say that it is done, confirm it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from services.dashboard.pages import formats
from services.dashboard.pages.neighbours import Neighbours
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Known
from services.dashboard.pages.volunteers.bank_words import WORDS as OF_TIME
from services.dashboard.pages.volunteers.help_words import WORDS

router = APIRouter()
PEOPLE = frozenset({"resident", "volunteer"})
KEEPERS = frozenset(
    {"registrar", "hours_approver", "grid_worker", "building_head", "dispatcher", "team_leader",
     "activity_lead", "supervisor", "district_observer", "auditor"}
)  # fmt: skip
# What neighbours ask of each other; the rest is for teams and activities.
ASKED_FOR = ("companionship", "errands", "meals", "cleaning", "health", "learning")
LENGTHS = (30, 60, 90, 120)


class Wanted(BaseModel):
    """Which requests, as the address says it."""

    model_config = ConfigDict(frozen=True)

    territory: str = ""
    service: str = ""
    after: str = ""
    min_position: int = 0

    def asked(self) -> dict[str, str]:
        """Those that say something."""
        return {name: str(value) for name, value in self.model_dump().items() if value}


@router.get("/help")
async def help_(request: Request, visitor: Known, wanted: Annotated[Wanted, Query()]) -> Response:
    """What the visitor asked for, does for others, may take, or keeps."""
    neighbours: Neighbours = request.app.state.neighbours
    asked = wanted.asked()
    fresh = {"min_position": wanted.min_position}
    found: dict[str, Any] = {"asked": None, "helping": None, "board": None, "desk": None}
    if visitor.roles & PEOPLE:
        for of in ("asked", "helping"):
            found[of] = await neighbours.read("volunteer", "/help", visitor.token, of=of, **fresh)
        found["board"] = await neighbours.read("volunteer", "/help", visitor.token, **asked)
    if visitor.roles & KEEPERS:
        found["desk"] = await neighbours.read("volunteer", "/help/desk", visitor.token, **asked)
    named = await request.app.state.directory.now()
    told = {
        **found,
        "is_person": bool(visitor.roles & PEOPLE),
        "wanted": wanted,
        "shown": {name: value for name, value in asked.items() if name != "after"},
        "services": ASKED_FOR,
        "every_service": OF_TIME["service"],
        "lengths": LENGTHS,
        "reviews": WORDS["review"],
        "today": formats.today(),
        "places": named,
        "spots": named.choices(visitor.actor.territory),
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "volunteers/help.html", told)

"""The calendar: what is on, where, how many places are left; signing up with one tap."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from services.dashboard.pages import formats, words
from services.dashboard.pages.fields import GivenDay
from services.dashboard.pages.neighbours import Neighbours
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Known, SignedIn
from shared.runtime.web.problems import Problem

router = APIRouter()
LEADS = frozenset({"team_leader", "activity_lead", "party_secretary"})
SELVES = frozenset({"volunteer", "resident"})


class Wanted(BaseModel):
    """Which activities, as the address says it."""

    model_config = ConfigDict(frozen=True)

    territory: str = ""
    kind: str = ""
    mode: str = ""
    since: GivenDay = None
    mine: Literal["", "true"] = ""
    after: str = ""
    series: UUID | None = None
    min_position: int = 0

    def asked(self) -> dict[str, str]:
        """Those that say something to the volunteer service; `series` is what is planned for."""
        shown = self.model_dump(exclude={"series"})
        told = {name: str(value) for name, value in shown.items() if value}
        return {"from" if name == "since" else name: value for name, value in told.items()}


@router.get("/calendar")
async def calendar(
    request: Request, visitor: Known, wanted: Annotated[Wanted, Query()]
) -> Response:
    """What is on from a day on, day by day."""
    neighbours: Neighbours = request.app.state.neighbours
    found = await neighbours.read("volunteer", "/activities", visitor.token, **wanted.asked())
    leads = bool(visitor.roles & LEADS)
    teams: Any = []
    if leads:
        about = {"territory": visitor.actor.territory, "limit": 200}
        teams = (await neighbours.read("volunteer", "/teams", visitor.token, **about))["items"]
    named = await request.app.state.directory.now()
    shown = wanted.model_dump(exclude={"min_position", "after"})
    told = {
        "found": found,
        "days": [(day, list(them)) for day, them in groupby(found["items"], lambda a: a["day"])],
        "wanted": wanted,
        "asked": {name: value for name, value in shown.items() if value},
        "leads": leads,
        "may_join": bool(visitor.roles & SELVES),
        "may_register": await _may_register(neighbours, visitor),
        "teams": teams,
        "places": named,
        "spots": named.choices(visitor.actor.territory),
        "words": words.WORDS,
        "today": formats.today(),
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "volunteers/calendar.html", told)


async def _may_register(neighbours: Neighbours, visitor: SignedIn) -> bool:
    """Whether the visitor is a resident who is not a volunteer, and could be."""
    if not visitor.roles & SELVES:
        return False
    try:
        path = f"/volunteers/{UUID(visitor.actor.id)}"
        found = await neighbours.read("volunteer", path, visitor.token)
    except ValueError:  # known by another kind of id: nobody of the register
        return False
    except Problem as problem:
        if problem.status != 404:
            raise
        return True
    return bool(found["volunteer"]["status"] == "ended")

"""Where honours are nominated and decided on: what waits, one's own, and one of them."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from services.dashboard.pages import formats
from services.dashboard.pages.neighbours import Neighbours
from services.dashboard.pages.points.honour_words import (
    DECLINED,
    HOLDERS,
    LEVELS,
    STATES,
    WITHDRAWN,
)
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Known, SignedIn

PEOPLE = frozenset({"volunteer", "resident"})
RECORDERS = frozenset({"importer", "registrar", "supervisor"})
JUDGES = RECORDERS | {
    "points_reviewer", "party_secretary", "party_instructor", "council_member",
    "district_observer", "auditor",
}  # fmt: skip
NOMINATORS = PEOPLE | {
    "grid_worker", "building_head", "lane_head", "party_secretary", "party_instructor",
    "council_member", "spokesperson", "enthusiast", "team_leader", "activity_lead", "registrar",
    "points_reviewer", "supervisor",
}  # fmt: skip

router = APIRouter()


class Wanted(BaseModel):
    """Which nominations, as the address says it."""

    model_config = ConfigDict(frozen=True)

    territory: str = ""
    state: Literal[
        "", "nominated", "noticed", "objected", "upheld", "ready", "held", "declined", "withdrawn"
    ] = ""
    after: str = ""
    min_position: int = 0

    def asked(self) -> dict[str, str]:
        """Those that say something."""
        return {name: str(value) for name, value in self.model_dump().items() if value}


@router.get("/honours/desk")
async def desk(request: Request, visitor: Known, wanted: Annotated[Wanted, Query()]) -> Response:
    """The forms for a nomination, and the nominations that the visitor may see."""
    neighbours: Neighbours = request.app.state.neighbours
    asked, found = wanted.asked(), None
    if visitor.roles & (JUDGES | PEOPLE):
        found = await neighbours.read("points", "/honours", visitor.token, **asked)
    named = await request.app.state.directory.now()
    kinds = await neighbours.read(
        "points", "/honour-kinds", None, territory=visitor.actor.territory
    )
    told = {
        "found": found,
        "wanted": wanted,
        "asked": {name: value for name, value in asked.items() if name != "after"},
        "states": STATES,
        "judges": bool(visitor.roles & JUDGES),
        "records": bool(visitor.roles & RECORDERS),
        "forms": _forms(visitor, kinds["items"]),
        "own": visitor.actor.id if _alone(visitor) else "",
        "holders": HOLDERS,
        "levels": LEVELS,
        "today": formats.today(),
        "places": named,
        "spots": named.choices(visitor.actor.territory),
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "points/honour_desk.html", told)


@router.get("/honours/{honour}")
async def one(request: Request, visitor: Known, honour: UUID) -> Response:
    """One honour, and the steps that the visitor may take."""
    neighbours: Neighbours = request.app.state.neighbours
    shown = await neighbours.read("points", f"/honours/{honour}", visitor.token)
    told = {
        "shown": shown,
        "one": shown["honour"],
        "declined": DECLINED,
        "withdrawn": WITHDRAWN,
        "places": await request.app.state.directory.now(),
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "points/honour.html", told)


def _alone(visitor: SignedIn) -> bool:
    """Whether they may nominate themselves, and nobody else."""
    return not visitor.roles & (NOMINATORS - PEOPLE)


def _forms(
    visitor: SignedIn, kinds: list[dict[str, Any]]
) -> list[tuple[str, list[dict[str, Any]]]]:
    """What the visitor may nominate for, by whose honour it is; each is another form."""
    if not visitor.roles & NOMINATORS:
        return []
    people, places = ("person", "household"), ("building", "community")
    sorts = [("people", people)] if _alone(visitor) else [("people", people), ("places", places)]
    found = [(name, [one for one in kinds if one["holder"] in of]) for name, of in sorts]
    return [(name, those) for name, those in found if those]

"""Stars: one's own and what is missing to the next, what waits for those who judge them, and the
public notice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from services.dashboard.pages.neighbours import Neighbours
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Anyone, Known, SignedIn
from services.dashboard.pages.volunteers.star_words import REFUSALS, REVOCATIONS, STATES

JUDGES = frozenset(
    {"hours_approver", "supervisor", "district_observer", "auditor", "team_leader", "registrar"}
)
PEOPLE = frozenset({"volunteer", "resident"})

router = APIRouter()


class Wanted(BaseModel):
    """Which applications, as the address says it."""

    model_config = ConfigDict(frozen=True)

    territory: str = ""
    state: Literal["", "applied", "noticed", "objected", "upheld", "ready"] = ""
    after: str = ""
    min_position: int = 0

    def asked(self) -> dict[str, str]:
        """Those that say something."""
        return {name: str(value) for name, value in self.model_dump().items() if value}


@router.get("/stars")
async def stars(request: Request, visitor: Known, wanted: Annotated[Wanted, Query()]) -> Response:
    """The visitor's own stars, and what waits for those who judge them."""
    neighbours: Neighbours = request.app.state.neighbours
    asked = wanted.asked()
    named = await request.app.state.directory.now()
    judges = bool(visitor.roles & JUDGES)
    where = {name: asked[name] for name in ("territory", "min_position") if name in asked}
    told = {
        "mine": await _mine(neighbours, visitor),
        "found": await neighbours.read("volunteer", "/stars", visitor.token, **asked)
        if judges
        else None,
        "doubts": await neighbours.read("volunteer", "/star-doubts", visitor.token, **where)
        if judges
        else None,
        "wanted": wanted,
        "asked": {name: value for name, value in asked.items() if name != "after"},
        "states": STATES,
        "places": named,
        "spots": named.choices(visitor.actor.territory),
        **REASONS,
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "volunteers/stars.html", told)


@router.get("/stars/notice")
async def notice(request: Request, visitor: Anyone, wanted: Annotated[Wanted, Query()]) -> Response:
    """Whose stars are on public notice; nobody has to sign in."""
    neighbours: Neighbours = request.app.state.neighbours
    asked = {name: value for name, value in wanted.asked().items() if name != "state"}
    found = await neighbours.read("volunteer", "/star-notices", None, **asked)
    district, _ = request.app.state.district
    named = await request.app.state.directory.now()
    told = {
        "found": found,
        "wanted": wanted,
        "asked": {name: value for name, value in asked.items() if name != "after"},
        "may_object": visitor.actor is not None,
        "places": named,
        "spots": named.choices(district),
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "volunteers/star_notice.html", told)


@router.get("/stars/{person}")
async def person_stars(request: Request, visitor: Known, person: UUID) -> Response:
    """One person's stars, and the steps that the visitor may take."""
    neighbours: Neighbours = request.app.state.neighbours
    found = await neighbours.read("volunteer", f"/stars/{person}", visitor.token)
    named = await request.app.state.directory.now()
    told = {"mine": found, "places": named, **REASONS}
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "volunteers/star_person.html", told)


REASONS: Mapping[str, Any] = {"refusals": REFUSALS, "revocations": REVOCATIONS}


async def _mine(neighbours: Neighbours, visitor: SignedIn) -> Any:
    """The visitor's own; None for who is no person of the district to this service."""
    if not visitor.roles & PEOPLE:
        return None
    try:
        person = UUID(visitor.actor.id)
    except ValueError:
        return None
    return await neighbours.read("volunteer", f"/stars/{person}", visitor.token)

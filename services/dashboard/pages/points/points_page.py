"""My points: what may be spent today, what ends when, how the latest came, what is at home; and
where one goes from here."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from services.dashboard.pages.neighbours import Neighbours
from services.dashboard.pages.points import doors
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Known, SignedIn
from shared.runtime.web.problems import Problem

router = APIRouter()
LATEST = 5  # lines of the statement that are shown


class Wanted(BaseModel):
    """Whose points, as the address says it: one's own without a `person`."""

    model_config = ConfigDict(frozen=True)

    person: UUID | None = None
    min_position: int = 0


@router.get("/points")
async def points(request: Request, visitor: Known, wanted: Annotated[Wanted, Query()]) -> Response:
    """The visitor's own points, or those of a person at their counter."""
    person = _whose(visitor, wanted)
    named = await request.app.state.directory.now()
    told: dict[str, Any] = {
        "person": person,
        "own": str(person) == visitor.actor.id,
        "looks": bool(visitor.roles & doors.LOOKS),
        "doors": doors.doors(visitor.roles),
        "places": named,
        "home": visitor.actor.territory,
        "account": None,
        "latest": (),
        "shared": None,
        "household": None,
    }
    if person is not None:
        neighbours: Neighbours = request.app.state.neighbours
        told |= await _found(neighbours, person, wanted, visitor.token)
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "points/mine.html", told)


def _whose(visitor: SignedIn, wanted: Wanted) -> UUID | None:
    """None for an office, which has no points, and looks at nobody's."""
    if wanted.person is not None or not visitor.roles & doors.OWN:
        return wanted.person
    try:
        return UUID(visitor.actor.id)
    except ValueError:
        return None


async def _found(
    neighbours: Neighbours, person: UUID, wanted: Wanted, token: str
) -> dict[str, Any]:
    fresh = {"min_position": wanted.min_position}
    kept = await neighbours.read("points", f"/people/{person}/accounts", token, **fresh)
    shared = next((one for one in kept["items"] if one["kind"] == "household"), None)
    found = {"household": kept["household"], "shared": shared}
    path = f"/accounts/person/{person}"
    try:
        account = await neighbours.read("points", path, token, **fresh)
    except Problem as problem:
        if problem.code != "no_such_account":
            raise
        return found
    statement = await neighbours.read("points", f"{path}/entries", token, limit=LATEST, **fresh)
    return {**found, "account": account, "latest": statement["items"]}

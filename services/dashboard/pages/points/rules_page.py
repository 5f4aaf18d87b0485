"""The rules for points: what is given for what, under which limits, when it ends, version by
version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from services.dashboard.pages.neighbours import Neighbours
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Known

KEEPERS = frozenset({"administrator"})
TRYING = KEEPERS | {"supervisor", "district_observer", "auditor", "points_reviewer"}

router = APIRouter()


class Wanted(BaseModel):
    """Where one wants to know what is in force, and which version to see."""

    model_config = ConfigDict(frozen=True)

    territory: str = ""
    version: str = ""
    min_position: int = 0  # the rules are never behind


@router.get("/points/rules")
async def points_rules(
    request: Request, visitor: Known, wanted: Annotated[Wanted, Query()]
) -> Response:
    """All versions, and one of them whole: the one that is asked for, or that in force."""
    neighbours: Neighbours = request.app.state.neighbours
    found = await neighbours.read("points", "/rules", visitor.token, territory=wanted.territory)
    named = await request.app.state.directory.now()
    told = {
        "found": found,
        "chosen": chosen(found, wanted.version),
        "wanted": wanted,
        "places": named,
        "spots": named.choices(visitor.actor.territory),
        "may_publish": bool(visitor.roles & KEEPERS),
        "may_try": bool(visitor.roles & TRYING),
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "points/rules.html", told)


def chosen(found: Mapping[str, Any], version: str) -> Mapping[str, Any]:
    """The version that is asked for; the one in force where there is none of this name."""
    known: dict[str, Mapping[str, Any]] = {one["rules"]["version"]: one for one in found["items"]}
    return known.get(version) or known[found["in_force"]]

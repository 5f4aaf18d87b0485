"""Honours: the wall of them and what is on public notice, for everybody."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, BeforeValidator, ConfigDict
from starlette.responses import Response

from services.dashboard.pages.neighbours import Neighbours
from services.dashboard.pages.points.honour_desk_page import JUDGES, NOMINATORS
from services.dashboard.pages.points.honour_words import HOLDERS
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Anyone, Visitor

router = APIRouter()
SHOWN = 6  # honours that are counted at the top


class Wanted(BaseModel):
    """Which honours, as the address says it."""

    model_config = ConfigDict(frozen=True)

    territory: str = ""
    kind: Literal["", "person", "household", "building", "community"] = ""
    code: str = ""
    year: Annotated[int | None, BeforeValidator(lambda said: said or None)] = None
    after: str = ""
    min_position: int = 0

    def asked(self) -> dict[str, str]:
        """Those that say something."""
        return {name: str(value) for name, value in self.model_dump().items() if value}


@router.get("/honours")
async def honours(
    request: Request, visitor: Anyone, wanted: Annotated[Wanted, Query()]
) -> Response:
    """The honours that are held, by year; nobody has to sign in."""
    neighbours: Neighbours = request.app.state.neighbours
    asked = wanted.asked()
    found = await neighbours.read("points", "/honour-wall", visitor.token, **asked)
    return await _page(
        request, visitor, "points/honours.html",
        {
            "found": found,
            "wanted": wanted,
            "asked": {name: value for name, value in asked.items() if name != "after"},
            "holders": HOLDERS,
            "shown": SHOWN,
        },
    )  # fmt: skip


@router.get("/honours/notice")
async def notice(request: Request, visitor: Anyone, wanted: Annotated[Wanted, Query()]) -> Response:
    """Who is nominated; nobody has to sign in."""
    neighbours: Neighbours = request.app.state.neighbours
    names = ("territory", "after", "min_position")
    asked = {name: value for name, value in wanted.asked().items() if name in names}
    found = await neighbours.read("points", "/honour-notices", None, **asked)
    return await _page(
        request, visitor, "points/honour_notice.html",
        {
            "found": found,
            "wanted": wanted,
            "asked": {name: value for name, value in asked.items() if name != "after"},
        },
    )  # fmt: skip


async def _page(
    request: Request, visitor: Visitor, template: str, told: dict[str, Any]
) -> Response:
    district, _ = request.app.state.district
    named = await request.app.state.directory.now()
    frame = {
        "known": visitor.actor is not None,
        "desk": bool(visitor.roles & (JUDGES | NOMINATORS)),
        "places": named,
        "spots": named.choices(district),
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, template, {**told, **frame})

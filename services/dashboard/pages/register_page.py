"""The register: find any case by number, by words, by place, type and state, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from services.dashboard.pages import formats, words
from services.dashboard.pages.neighbours import Neighbours
from services.dashboard.pages.problem_words import said
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Known
from shared.runtime.web.problems import Problem

router = APIRouter()
PAGE = 50
NOTHING: Mapping[str, Any] = {"items": (), "total": None, "next": None, "watermark": None}


class Filters(BaseModel):
    """What to list, as the address says it: an address is a filter that can be kept."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    q: str = ""
    territory: str = ""
    state: str = ""
    type: str = ""
    channel: str = ""
    unit: str = ""
    overdue: bool = False
    sort: str = ""
    after: str = ""

    def asked(self) -> dict[str, str]:
        """Those that say something."""
        told = {name: value for name, value in self.model_dump().items() if value}
        return {name: "true" if value is True else str(value) for name, value in told.items()}


@router.get("/cases")
async def register(
    request: Request, visitor: Known, wanted: Annotated[Filters, Query()]
) -> Response:
    """A page of the register; a fragment request gets the rows only."""
    neighbours: Neighbours = request.app.state.neighbours
    asked = wanted.asked()
    found, fault = NOTHING, None
    try:
        found = await neighbours.read("grievance", "/cases", visitor.token, **asked, limit=PAGE)
    except Problem as problem:
        if problem.status != 422:
            raise
        fault = said(visitor.language, problem.code, problem.detail)
    named = await request.app.state.directory.now()
    told = {
        "found": found,
        "fault": fault,
        "asked": {name: value for name, value in asked.items() if name != "after"},
        "wanted": wanted,
        "places": named,
        "spots": named.choices(visitor.actor.territory),
        "words": words.WORDS,
        "today": formats.today(),
    }
    pages: Pages = request.app.state.pages
    part = request.headers.get("hx-request") == "true"
    template = "register_rows.html" if part else "register.html"
    return pages.page(request, visitor, template, told)

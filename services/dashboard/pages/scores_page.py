"""Scores of units and communities, and whom to call back next."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from services.dashboard.pages.neighbours import Neighbours
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Known
from services.dashboard.pages.words import SAMPLE, SCORES
from shared.core.local_time import month_of

router = APIRouter()


class Wanted(BaseModel):
    """Which month, which place, in which lines, as the address says it."""

    model_config = ConfigDict(frozen=True)

    month: str = ""
    by: Literal["unit", "community"] = "unit"
    territory: str = ""


@router.get("/scores")
async def scores(request: Request, visitor: Known, wanted: Annotated[Wanted, Query()]) -> Response:
    """What the visitor may see of both: the service they come from says who may see which."""
    neighbours: Neighbours = request.app.state.neighbours
    month = wanted.month or month_of(datetime.now(UTC))
    asked = {"month": month, "territory": wanted.territory}
    board = sample = None
    if visitor.roles & SCORES or not visitor.roles & SAMPLE:
        by = wanted.by
        board = await neighbours.read("grievance", "/scores", visitor.token, by=by, **asked)
    if visitor.roles & SAMPLE:
        sample = await neighbours.read("grievance", "/callbacks/sample", visitor.token, **asked)
    named = await request.app.state.directory.now()
    told = {
        "board": board,
        "sample": sample,
        "wanted": wanted,
        "month": month,
        "latest": month_of(datetime.now(UTC)),
        "places": named,
        "spots": named.choices(visitor.actor.territory),
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "scores.html", told)

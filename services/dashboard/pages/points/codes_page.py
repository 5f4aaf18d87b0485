"""What one chose: the code of what waits, in large digits; below, what was fetched and what not."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from services.dashboard.pages.formats import local
from services.dashboard.pages.neighbours import Neighbours
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Known

router = APIRouter()
SHOWN = 30
HALF = 4  # digits are read out four by four


class Wanted(BaseModel):
    """Those asked for before this moment; how far the page has to have come."""

    model_config = ConfigDict(frozen=True)

    before: str = ""
    min_position: int = 0


@router.get("/shop/codes")
async def codes(request: Request, visitor: Known, wanted: Annotated[Wanted, Query()]) -> Response:
    """The visitor's own, and what they chose for their household."""
    neighbours: Neighbours = request.app.state.neighbours
    asked: dict[str, Any] = {
        "before": wanted.before,
        "min_position": wanted.min_position or None,
        "limit": SHOWN,
    }
    found = await neighbours.read("points", "/me/redemptions", visitor.token, **asked)
    told = {
        "found": found,
        "waiting": [_due(one) for one in found["items"] if one["status"] == "held"],
        "past": [one for one in found["items"] if one["status"] != "held"],
        "wanted": wanted,
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "points/codes.html", told)


def spelled(code: str) -> str:
    """`1234 5678`."""
    return f"{code[:HALF]} {code[HALF:]}"


def _due(one: dict[str, Any]) -> dict[str, Any]:
    """With the code as it is read out and the day of the week by which it has to be fetched."""
    weekday = date.fromisoformat(local(one["due"], "day")).isoweekday()
    return {**one, "spelled": spelled(one["code"] or ""), "weekday": str(weekday)}

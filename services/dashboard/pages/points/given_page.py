"""The points of a month: how the figures on the board come about, and the parts they are made
of."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from services.dashboard.caller import Caller
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Known
from services.dashboard.service import Dashboard

router = APIRouter()


class Wanted(BaseModel):
    """Which month, such as `2026-05`; the present one without any."""

    model_config = ConfigDict(frozen=True)

    month: Annotated[str, Field(pattern=r"^\d{4}-\d{2}$")] | None = None


@router.get("/points/given/{territory:path}")
async def given(
    request: Request, territory: str, visitor: Known, wanted: Annotated[Wanted, Query()]
) -> Response:
    """The points of a month and of each part."""
    service: Dashboard = request.app.state.service
    await Caller(visitor.actor, service).reach("explain_figure", territory)
    shown = await service.points.month(territory, wanted.month)
    told = {
        "shown": shown,
        "territory": territory,
        "places": await request.app.state.directory.now(),
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "points/given.html", told)

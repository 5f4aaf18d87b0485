"""The lines behind the hours of a month: who served where, for how long. Ids, never names."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from services.dashboard.caller import Caller
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Known
from services.dashboard.queries.served import Mark
from services.dashboard.service import Dashboard

router = APIRouter()


class Wanted(BaseModel):
    """Which month, the present one without any; and past which line."""

    model_config = ConfigDict(frozen=True)

    month: Annotated[str, Field(pattern=r"^\d{4}-\d{2}$")] | None = None
    minutes: Annotated[int, Field(ge=-(10**9), le=10**9)] | None = None
    after: UUID | None = None

    @property
    def mark(self) -> Mark | None:
        """Past which line."""
        if self.minutes is None or self.after is None:
            return None
        return self.minutes, self.after


@router.get("/served/{territory:path}")
async def served(
    request: Request, territory: str, visitor: Known, wanted: Annotated[Wanted, Query()]
) -> Response:
    """The hours of a month and of each part, and the lines they are the sums of."""
    service: Dashboard = request.app.state.service
    await Caller(visitor.actor, service).reach("explain_figure", territory)
    shown = await service.served.month(territory, wanted.month)
    because = await service.served.explain(territory, shown.month, wanted.mark)
    told = {
        "shown": shown,
        "because": because,
        "wanted": wanted,
        "territory": territory,
        "places": await request.app.state.directory.now(),
        "watermark": because.watermark,
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "volunteers/served.html", told)

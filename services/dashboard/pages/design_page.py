"""The components, each shown once: what a page of Linli is made of."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Anyone
from shared.runtime.projections.watermarks import Watermark

router = APIRouter()
TREND = [12, 14, 11, 17, 19, 16, 22, 21, 25, 23]
DAYS = [f"2026-01-{day:02}" for day in range(1, 11)]


@router.get("/design")
async def design(request: Request, visitor: Anyone) -> Response:
    """Every component, with invented figures."""
    pages: Pages = request.app.state.pages
    mark = Watermark(position=1024, recorded_at=datetime(2026, 1, 10, 1, 30, tzinfo=UTC))
    told = {"trend": TREND, "days": DAYS, "mark": mark, "today": "2026-01-10"}
    return pages.page(request, visitor, "design.html", told)

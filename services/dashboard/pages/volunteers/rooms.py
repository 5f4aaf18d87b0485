"""The pages of volunteers there are."""

from __future__ import annotations

from fastapi import APIRouter

from services.dashboard.pages.volunteers import (
    activity_page,
    calendar_page,
    hub_page,
    served_page,
    teams_page,
)

ROUTERS: tuple[APIRouter, ...] = (
    hub_page.router,
    served_page.router,
    calendar_page.router,
    activity_page.router,
    teams_page.router,
)

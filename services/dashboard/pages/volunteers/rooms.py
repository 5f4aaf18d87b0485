"""The pages of volunteers there are."""

from __future__ import annotations

from fastapi import APIRouter

from services.dashboard.pages.volunteers import activity_page, calendar_page, teams_page

ROUTERS: tuple[APIRouter, ...] = (
    calendar_page.router,
    activity_page.router,
    teams_page.router,
)

"""The pages of volunteers there are."""

from __future__ import annotations

from fastapi import APIRouter

from services.dashboard.pages.volunteers import ladder_page, stars_page

ROUTERS: tuple[APIRouter, ...] = (
    stars_page.router,
    ladder_page.router,
)

"""The pages of volunteers there are."""

from __future__ import annotations

from fastapi import APIRouter

from services.dashboard.pages.volunteers import hub_page, served_page

ROUTERS: tuple[APIRouter, ...] = (
    hub_page.router,
    served_page.router,
)

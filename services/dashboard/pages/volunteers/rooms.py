"""The pages of volunteers there are."""

from __future__ import annotations

from fastapi import APIRouter

from services.dashboard.pages.volunteers import (
    care_page,
    findings_page,
    help_page,
    hours_page,
    time_page,
)

ROUTERS: tuple[APIRouter, ...] = (
    hours_page.router,
    time_page.router,
    help_page.router,
    care_page.router,
    findings_page.router,
)

"""The pages of volunteers there are."""

from __future__ import annotations

from fastapi import APIRouter

from services.dashboard.pages.volunteers import (
    activity_page,
    calendar_page,
    care_page,
    certificate_page,
    duty_page,
    findings_page,
    help_page,
    hours_page,
    hub_page,
    ladder_page,
    promise_page,
    served_page,
    stars_page,
    teams_page,
    time_page,
)

ROUTERS: tuple[APIRouter, ...] = (
    hub_page.router,
    served_page.router,
    hours_page.router,
    time_page.router,
    promise_page.router,
    duty_page.router,
    certificate_page.router,
    calendar_page.router,
    activity_page.router,
    teams_page.router,
    stars_page.router,
    ladder_page.router,
    help_page.router,
    care_page.router,
    findings_page.router,
)

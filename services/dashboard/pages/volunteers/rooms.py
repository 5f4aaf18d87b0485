"""The pages of volunteers there are."""

from __future__ import annotations

from fastapi import APIRouter

from services.dashboard.pages.volunteers import duty_page, promise_page

ROUTERS: tuple[APIRouter, ...] = (
    promise_page.router,
    duty_page.router,
)

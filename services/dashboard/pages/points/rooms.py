"""The pages of points there are."""

from __future__ import annotations

from fastapi import APIRouter

from services.dashboard.pages.points import give_page, points_page, statement_page

ROUTERS: tuple[APIRouter, ...] = (
    points_page.router,
    statement_page.router,
    give_page.router,
)

"""The pages of points there are."""

from __future__ import annotations

from fastapi import APIRouter

from services.dashboard.pages.points import give_page, points_page, statement_page

ROUTERS: tuple[APIRouter, ...] = (
    points_page.router,
    statement_page.router,
    give_page.router,
from services.dashboard.pages.points import honour_desk_page, honours_page

ROUTERS: tuple[APIRouter, ...] = (
    honours_page.router,
    honour_desk_page.router,
)

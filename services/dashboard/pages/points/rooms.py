"""The pages of points there are."""

from __future__ import annotations

from fastapi import APIRouter

from services.dashboard.pages.points import outstanding_page

ROUTERS: tuple[APIRouter, ...] = (outstanding_page.router,)

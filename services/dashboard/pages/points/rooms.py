"""The pages of points there are."""

from __future__ import annotations

from fastapi import APIRouter

from services.dashboard.pages.points import claims_page

ROUTERS: tuple[APIRouter, ...] = (claims_page.router,)

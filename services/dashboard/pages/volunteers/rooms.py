"""The pages of volunteers there are."""

from __future__ import annotations

from fastapi import APIRouter

from services.dashboard.pages.volunteers import served_page

ROUTERS: tuple[APIRouter, ...] = (served_page.router,)

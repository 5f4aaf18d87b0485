"""The pages of volunteers there are."""

from __future__ import annotations

from fastapi import APIRouter

from services.dashboard.pages.volunteers import certificate_page

ROUTERS: tuple[APIRouter, ...] = (certificate_page.router,)

"""The pages of points there are."""

from __future__ import annotations

from fastapi import APIRouter

from services.dashboard.pages.points import rules_draft_page, rules_page

ROUTERS: tuple[APIRouter, ...] = (
    rules_page.router,
    rules_draft_page.router,
)

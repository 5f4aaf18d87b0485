"""The pages of points there are."""

from __future__ import annotations

from fastapi import APIRouter

from services.dashboard.pages.points import given_page, outstanding_page

ROUTERS: tuple[APIRouter, ...] = (
    given_page.router,
    outstanding_page.router,
)

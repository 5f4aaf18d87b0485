"""The pages of points there are."""

from __future__ import annotations

from fastapi import APIRouter

from services.dashboard.pages.points import codes_page, counter_page, shop_page, stock_page

ROUTERS: tuple[APIRouter, ...] = (
    codes_page.router,
    shop_page.router,
    counter_page.router,
    stock_page.router,
)

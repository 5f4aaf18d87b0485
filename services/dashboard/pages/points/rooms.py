"""The pages of points there are."""

from __future__ import annotations

from fastapi import APIRouter

from services.dashboard.pages.points import (
    claims_page,
    codes_page,
    counter_page,
    give_page,
    given_page,
    honour_desk_page,
    honours_page,
    outstanding_page,
    points_page,
    rules_draft_page,
    rules_page,
    shop_page,
    statement_page,
    stock_page,
)

ROUTERS: tuple[APIRouter, ...] = (
    points_page.router,
    statement_page.router,
    give_page.router,
    claims_page.router,
    rules_page.router,
    rules_draft_page.router,
    honours_page.router,
    honour_desk_page.router,
    given_page.router,
    outstanding_page.router,
    codes_page.router,
    shop_page.router,
    counter_page.router,
    stock_page.router,
)

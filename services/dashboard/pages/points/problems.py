"""Refusals about points, the shop and honours in words of the page's language."""

from __future__ import annotations

from collections.abc import Mapping

from services.dashboard.pages.points import account_problems, shop_problems

WORDS: Mapping[str, str] = {
    **account_problems.WORDS,
    **shop_problems.WORDS,
}

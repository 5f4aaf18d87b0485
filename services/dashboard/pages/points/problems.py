"""Refusals about points, the shop and honours in words of the page's language."""

from __future__ import annotations

from collections.abc import Mapping

from services.dashboard.pages.points import (
    account_problems,
    claims_problems,
    crediting_problems,
    honour_problems,
    owing_problems,
    rules_problems,
    shop_problems,
)

WORDS: Mapping[str, str] = {
    **account_problems.WORDS,
    **crediting_problems.WORDS,
    **rules_problems.WORDS,
    **claims_problems.WORDS,
    **honour_problems.WORDS,
    **owing_problems.WORDS,
    **shop_problems.WORDS,
}

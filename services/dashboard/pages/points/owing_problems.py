"""Refusals about what is outstanding in words of the page's language."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    "day_gone_by": "只能看今天和以后的日子。",
}

"""Refusals about rules for points in words of the page's language."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    "preview_under_way": "正在试算另一版规则，请过一会儿再试。",
    "preview_too_long": "试算的时间太长，请少选几个月。",
    "client_gone": "试算已经停下，没有人在等结果。",
}

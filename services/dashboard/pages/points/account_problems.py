"""Refusals about points in words of the page's language."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    "no_such_reason": "规则里没有这个加减分的事由。",
    "nothing_to_give": "做得太少，还不够一分。",
    "rules_missing": "暂时查不到现行规则，请稍后再试。",
    "no_such_lot": "没有这一笔加分。",
    "is_reversed": "这一笔已经冲销过了。",
    "quantity_not_positive": "数量至少是一。",
    "day_ahead": "日期还没有到。",
    "points_not_positive": "至少一分。",
    "more_than_spent": "退的积分比当时用的还多。",
    "below_least": "没有达到一次最少要用的积分。",
    "limit_reached": "这样东西每人限量，您这段时间已经换够了。",
    "keeper_of_a_person": "个人账户由本人管理。",
    "sharing_off": "这里的规则不允许转积分。",
    "transfer_to_oneself": "请选择别的账户，不能转给自己。",
    "other_household": "积分只能在同一户里转。",
}

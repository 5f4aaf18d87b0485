"""Refusals at the points supermarket in words of the page's language."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    # choosing
    "no_such_shop": "没有这家积分超市，或者您不能查看。",
    "no_such_item": "没有这样东西，可能已经下架。",
    "no_such_redemption": "没有这一次兑换，或者您不能查看。",
    "holder_missing": "请写明是给谁换的。",
    "no_price_today": "这样东西今天没有定价，换不了。",
    "price_changed": "要的积分刚刚变了，请刷新看过再换。",
    "out_of_stock": "架上没有这么多了。",
    # fetching
    "no_such_code": "没有等着取的东西用这个码，请和顾客再核对一遍。",
    "wrong_code": "取货码不对，请再核对一遍。",
    "too_many_pickup_codes": "取货码错了好几次，请过一会儿再试。",
    "nothing_put_aside": "没有为这一次留东西。",
    "not_due": "还没有到要放回架上的时候。",
    "more_than_given": "退的比交出去的还多。",
    "too_late_to_return": "已经过了可以退的日子。",
    "redemption_is_new": "没有这一次兑换。",
    "redemption_is_held": "东西还等着取。",
    "redemption_is_fulfilled": "东西已经取走了。",
    "redemption_is_cancelled": "已经取消了，东西放回架上了。",
    # keeping
    "shop_is_new": "没有这家积分超市。",
    "shop_is_open": "这家积分超市正开着。",
    "shop_is_closed": "这家积分超市现在不换东西。",
    "item_is_new": "没有这样东西。",
    "item_is_listed": "这样东西正在换。",
    "item_is_delisted": "这样东西已经停换。",
    "price_not_positive": "至少定一分。",
    "price_ends_first": "定价要先开始再结束。",
    "price_is_past": "这段日子已经过去了，不能再定价。",
    "limit_not_positive": "限量至少是一。",
    "cost_negative": "花的钱不能是负数。",
    "fewer_than_held": "比已经留给人的还少：请先取消给不出的。",
}

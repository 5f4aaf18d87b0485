"""Refusals about the points supermarket in words of the page's language."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    # choosing
    "holder_missing": "请说明是给谁换的。",
    "no_such_item": "这家超市没有这样东西。",
    "no_price_today": "这样东西今天没有定价，暂时不能换。",
    "price_changed": "价格刚刚变了，请看过新的价格再换。",
    "out_of_stock": "货架上不够了。",
    "shop_is_closed": "这家超市现在不发放东西。",
    # what was chosen
    "no_such_redemption": "没有这次兑换，或者您不能查看。",
    "redemption_is_held": "东西还没有领走。",
    "redemption_is_fulfilled": "东西已经领走了。",
    "redemption_is_cancelled": "这次兑换已经取消，积分退回了。",
    "not_due": "领取的时间还没有过。",
    # the counter
    "no_such_code": "没有等着领取的东西用这个领取码。",
    "wrong_code": "领取码不对。",
    "too_many_pickup_codes": "领取码错了好几次，请过一会儿再试。",
    "nothing_put_aside": "没有为它留着东西。",
    "more_than_given": "退回来的比领走的还多。",
    "too_late_to_return": "已经过了可以退换的日子。",
    # the shelves
    "no_such_shop": "没有这家积分超市，或者您不能查看。",
    "shop_is_open": "这家超市已经开着。",
    "item_is_listed": "这样东西已经在架上。",
    "item_is_delisted": "这样东西已经下架。",
    "price_not_positive": "价格至少一分。",
    "price_ends_first": "价格结束的日子要在开始的日子之后。",
    "price_is_past": "这个价格的日子已经过去了。",
    "limit_not_positive": "限量至少一件。",
    "cost_negative": "成本不能是负数。",
    "fewer_than_held": "有东西留着等人领，盘点的数不能比这还少；请先取消给不了的。",
}

"""What the pages call the points supermarket: the Chinese of each code."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "redemption_state": {"held": "等您来取", "fulfilled": "取走了", "cancelled": "没有取"},
    "redemption_end": {
        "own_request": "自己取消了",
        "not_fetched": "到时间没有来取",
        "not_there": "柜台没有货",
        "recalled": "东西召回了",
    },
    "shop_holder": {"person": "用自己的积分", "household": "用家里的积分"},
    "shop_span": {"day": "每天", "month": "每月", "year": "每年", "ever": "一共"},
    "shop_shown": {"code": "凭取货码", "person": "认人"},
    "shop_back": {"faulty": "东西有毛病", "wrong_item": "拿错了", "not_wanted": "不想要了"},
    "item_state": {"listed": "在换", "delisted": "停换"},
    "stock_supply": {"supplier": "采购", "donation": "捐赠"},
    "stock_loss": {
        "spoilt": "变质",
        "broken": "破损",
        "lost": "丢失",
        "recalled": "召回",
        "expired": "过期",
    },
    "stock_count": {
        "stock_take": "盘点",
        "miscounted": "以前数错了",
        "found": "找到了",
        "missing": "少了",
    },
    "stock_move": {
        "stock-received": "进货",
        "stock-counted": "盘点",
        "stock-written-off": "报损",
        "stock-held": "留出来",
        "stock-released": "放回架上",
        "stock-handed-over": "交出去",
        "stock-returned": "退回来",
    },
}

"""What the pages call points and how they come and go: the Chinese of each code."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "points_entry": {
        "points-earned": "加分",
        "points-capped": "到了上限，没有加分",
        "points-deducted": "扣分",
        "points-held": "换东西，先留出来",
        "points-released": "没有取，退回来",
        "points-redeemed": "换到了东西",
        "points-refunded": "退货退回",
        "points-reversed": "冲销加分",
        "points-expired": "到期",
        "points-carried-over": "顺延",
        "points-transferred": "转给家里",
        "points-received": "家里转来",
    },
    "points_reversal": {
        "mistake": "加错了",
        "double": "重复加分",
        "false_claim": "没有做这件事",
    },
    "points_holder": {
        "person": "个人",
        "household": "家庭",
    },
}

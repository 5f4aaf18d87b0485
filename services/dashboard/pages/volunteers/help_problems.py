"""Refusals about help, care, clearing and findings, in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    "register_away": "户籍登记暂时没有回应，请再试一次，不会重复提交。",
    "no_such_help": "没有这个求助，或者您不能查看。",
    "help_is_new": "还没有这个求助。",
    "help_is_open": "这个求助还没有人接。",
    "help_is_matched": "这个求助在等对方答应。",
    "help_is_accepted": "这个求助已经有人接了。",
    "help_is_done": "帮忙的人已经说做完了。",
    "help_is_disputed": "这个求助有争议，等社区查实。",
    "help_is_confirmed": "这个求助已经确认完成。",
    "help_is_withdrawn": "这个求助已经取消。",
    "help_is_lapsed": "这个求助已经过期。",
    "helps_oneself": "自己不能帮自己，也不能确认自己帮的忙。",
    "other_helper": "这个求助请的是另一位志愿者。",
    "more_than_asked": "时间比约好的长，请改少一些。",
    "longer_than_since_accepted": "从接单到现在没有这么久，请如实填写。",
    "day_is_past": "那一天已经过去了。",
    "day_too_far": "最多提前九十天。",
    "day_is_not_over": "那一天还没有结束。",
    "bad_review": "请从一到五中选。",
    "not_a_priority": "互助池只帮规则里写明的困难人群。",
    "pool_asked_by_oneself": "用互助池的时间，要由社区替您申请。",
    "person_missing": "请写明是谁需要帮忙。",
    "territory_missing": "请选择在哪里帮忙。",
    "clearing_is_closed": "这个月已经结算过了。",
    "month_is_not_over": "这个月还没有结束，不能结算。",
    "does_not_sum_to_zero": "各社区的收支对不上，不能结算。",
    "too_many_days": "一次最多看一百天。",
}

"""What the pages call what recurs, and duty posts: the Chinese of each code."""

from __future__ import annotations

from collections.abc import Mapping

WEEKDAYS = {
    "1": "星期一",
    "2": "星期二",
    "3": "星期三",
    "4": "星期四",
    "5": "星期五",
    "6": "星期六",
    "7": "星期日",
}
WORDS: Mapping[str, Mapping[str, str]] = {
    "weekday": WEEKDAYS,
    "series_kind": {
        "clinic": "义诊",
        "salon": "沙龙",
        "theme_day": "主题日",
        "festival": "节庆",
        "visit": "走访",
        "clean_up": "大扫除",
        "training": "培训",
        "patrol": "巡逻",
    },
    "occurrence": {
        "held": "办了",
        "missed": "没有办",
        "told_late": "办了，补报",
        "moved": "改期",
    },
    "move_reason": {
        "weather": "天气",
        "holiday": "节假日",
        "staff": "人手不够",
        "place": "场地不能用",
        "emergency": "突发情况",
    },
    "series_end": {
        "done": "已完成",
        "not_needed": "不再需要",
        "not_possible": "办不下去",
        "replaced": "换了别的办法",
    },
    "late_reason": {
        "paper_form": "纸质登记",
        "phone_note": "电话记录",
        "field_work": "外出工作",
        "outage": "系统故障",
        "handover": "工作交接",
        "migration": "旧系统转入",
    },
    "duty_role": {
        "cadre": "联系干部",
        "pioneer": "党员先锋岗",
        "patrol": "巡逻岗",
        "building_head": "楼栋长岗",
    },
    "cadence": {"weekly": "每周报到", "shifts": "按班次"},
    "duty_note": {
        "checked-in": "报到",
        "check-in-missed": "没有报到",
        "duty-issue-raised": "发现问题",
        "duty-pledge-made": "承诺",
        "duty-shift-served": "值班",
    },
    "pledge": {
        "pay_first": "带头缴费",
        "inform": "当网格信息员",
        "supervise": "参加监督",
        "help_neighbours": "帮助邻居",
    },
    "track": {"performance": "履职", "masses": "群众评议"},
    "duty_end": {
        "term_over": "任期届满",
        "moved": "调离",
        "own_request": "本人申请",
        "replaced": "换人",
    },
}

"""What the pages call help, care and findings: the Chinese of each code."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "help_state": {
        "open": "等人接单",
        "matched": "等对方答应",
        "accepted": "已接单",
        "done": "等受助人确认",
        "disputed": "有争议",
        "confirmed": "已完成",
        "withdrawn": "已取消",
        "lapsed": "过期没人接",
    },
    "help_step": {
        "accept": "我来帮忙",
        "decline": "我去不了",
        "withdraw": "不用了",
        "dispute": "没有这样帮",
        "drop": "查实没有服务",
    },
    "review": {"5": "很满意", "4": "满意", "3": "一般", "2": "不满意", "1": "很不满意"},
    "care": {
        "empty_nest": "空巢老人",
        "left_behind_child": "留守儿童",
        "hardship": "困难家庭",
        "disabled": "残疾人",
        "living_alone": "独居",
        "veteran": "退役军人",
    },
    "finding": {
        "overlap": "同一个人同一时间有两条记录",
        "distance": "两处相隔太远，赶不过去",
        "recorder_approves": "登记人自己审核",
        "volunteer_approves": "志愿者审核自己的时长",
        "bulk_late": "一天之内大量补录",
        "same_evidence": "不同的人用了同一份凭据",
        "too_fast": "时长入账太快",
    },
    "finding_figure": {
        "overlap": "重叠 %(n)s 分钟",
        "distance": "每小时 %(n)s 公里",
        "recorder_approves": "%(n)s 分钟",
        "volunteer_approves": "%(n)s 分钟",
        "bulk_late": "补录 %(n)s 条",
        "same_evidence": "%(n)s 个人",
        "too_fast": "%(n)s 分钟",
    },
    "reverse": {
        "false_hours": "虚假时长",
        "mistake": "登记错误",
        "double": "重复登记",
        "own_request": "本人要求",
    },
}

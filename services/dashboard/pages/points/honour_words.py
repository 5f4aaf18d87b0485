"""What the pages call honours, who holds them, and what becomes of a nomination."""

from __future__ import annotations

from collections.abc import Mapping

HOLDERS = {"person": "个人", "household": "家庭", "building": "楼栋", "community": "社区"}
LEVELS = {
    "community": "社区级",
    "subdistrict": "街道级",
    "county": "区县级",
    "city": "市级",
    "province": "省级",
    "nation": "国家级",
}
WAITING = {
    "nominated": "待公示",
    "noticed": "公示中",
    "objected": "有异议待答复",
    "upheld": "异议成立",
    "ready": "可以授予",
}
STATES = {**WAITING, "held": "已授予", "declined": "未通过", "withdrawn": "已撤销"}
EVENTS = {
    "honour-nominated": "提名",
    "honour-publicised": "开始公示",
    "honour-objected": "有人提出异议",
    "honour-objection-answered": "答复异议",
    "honour-granted": "授予",
    "honour-declined": "未通过",
    "honour-withdrawn": "撤销",
    "honour-recorded": "登记原有荣誉",
}
DECLINED = {
    "merits_short": "事迹不够",
    "objection_upheld": "异议成立",
    "not_entitled": "不符合条件",
    "nominated_by_mistake": "提名有误",
    "own_wish": "本人要求",
}
WITHDRAWN = {
    "false_merits": "事迹不实",
    "conduct": "有不良行为",
    "granted_by_mistake": "授予有误",
    "no_longer_entitled": "不再符合条件",
    "own_wish": "本人要求",
}
OBJECTIONS = {"open": "待答复", "upheld": "成立", "dismissed": "不成立"}
WORDS: Mapping[str, Mapping[str, str]] = {
    "honour_holder": HOLDERS,
    "honour_level": LEVELS,
    "honour_state": STATES,
    "honour_event": EVENTS,
    "honour_decline": DECLINED,
    "honour_withdrawal": WITHDRAWN,
    "honour_reason": {**DECLINED, **WITHDRAWN},
    "honour_objection": OBJECTIONS,
}

"""What the pages call teams, activities and who comes: the Chinese of each code."""

from __future__ import annotations

from collections.abc import Mapping

MODES = {"team_based": "组团式", "theme_based": "主题式", "list_based": "清单式"}
KINDS = {
    "policy": "送政策",
    "culture": "送文化",
    "health": "送健康",
    "blessing": "送祝福",
    "safety": "送平安",
    "warmth": "送温暖",
    "patrol": "巡逻",
    "cleaning": "清洁",
    "elders": "为老服务",
    "children": "关爱儿童",
    "festival": "节日活动",
    "training": "培训",
    "salon": "沙龙",
    "market": "集市",
    "other": "其他活动",
}
SERVICES = {
    "companionship": "陪伴",
    "errands": "代办",
    "meals": "助餐",
    "cleaning": "助洁",
    "health": "健康服务",
    "learning": "助学",
    "safety": "平安服务",
    "environment": "环境",
    "culture": "文化",
    "governance": "参与治理",
}
SEATS = {
    "signed_up": "已报名",
    "waiting": "候补中",
    "withdrawn": "已取消报名",
    "in": "已签到",
    "out": "已签退",
    "came": "已到场",
    "left": "提前离开",
    "absent": "没有来",
}
ACTIVITY_STATES = {"planned": "报名中", "cancelled": "已取消", "held": "已办完"}
CANCELLED = {
    "weather": "天气原因",
    "few_people": "人数不足",
    "emergency": "突发情况",
    "other_date": "改期举行",
}
EVIDENCES = {
    "site_code": "现场码",
    "recorder": "记录人记录",
    "photo": "照片",
    "own_word": "本人自述",
}
TEAM_KINDS = {
    "general": "综合服务队",
    "women": "妇女队",
    "veterans": "老兵队",
    "youth": "青年队",
    "elders": "银龄队",
    "party": "党员队",
    "patrol": "巡逻队",
    "medical": "医护队",
    "culture": "文艺队",
    "environment": "环保队",
    "trade": "行业队",
}
TEAM_STATES = {"active": "在队", "merged": "已合并", "dissolved": "已解散"}

PEOPLE_WORDS: Mapping[str, Mapping[str, str]] = {
    "mode": MODES,
    "activity_kind": KINDS,
    "activity_service": SERVICES,
    "seat": SEATS,
    "activity_state": ACTIVITY_STATES,
    "cancelled": CANCELLED,
    "arrival": EVIDENCES,
    "team_kind": TEAM_KINDS,
    "team_state": TEAM_STATES,
}

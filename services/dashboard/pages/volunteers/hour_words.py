"""What kinds of service are called."""

from __future__ import annotations

SERVICES = {
    "companionship": "陪伴聊天",
    "errands": "代办跑腿",
    "meals": "助餐送餐",
    "cleaning": "打扫收拾",
    "health": "健康义诊",
    "learning": "学习辅导",
    "safety": "平安巡逻",
    "environment": "环境清洁",
    "culture": "文化活动",
    "governance": "议事协商",
}

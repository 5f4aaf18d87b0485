"""What people of the sample district raise: kinds of matters, invented, as often as they come."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from services.grievance.words import CaseType, Channel, Urgency

FILE = Path(__file__).with_name("matters.toml")
CHANNELS: tuple[tuple[Channel, int], ...] = (
    ("hotline", 38), ("grid_report", 20), ("app", 14), ("online", 8), ("station", 6),
    ("patrol", 5), ("courtyard", 4), ("petition_visit", 3), ("referral_110", 2),
)  # fmt: skip
SPOTS = (
    "一栋", "二栋三单元", "三栋楼道", "五栋西侧", "八栋负一层", "小区东门", "小区南门", "中心花园",
    "主路路口", "菜市场旁", "公交站台旁", "幼儿园门口", "健身角", "后巷", "垃圾投放点", "单车棚",
)  # fmt: skip
# Hours from signing to the reply, on average.
SLOW = {"petition": 500, "dispute": 150, "consult": 10}
USUAL = 70
REPLY = "已到{spot}现场查看并处理，请您留意，有问题随时联系。"
WORDS = {True: "办得好。", False: "还是老样子。"}
DECLINED = {
    "reason": "outside_remit",
    "explanation": "这件事不归区里办，请按说明向有关单位提出。",
}


class Matter(BaseModel):
    """A kind of matter: how often it comes, what it is about, who handles it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    often: int
    case_type: CaseType
    unit: str
    subject: str
    details: str
    urgency: Urgency = "normal"
    months: tuple[int, ...] = ()


MATTERS = [
    Matter.model_validate(told)
    for told in tomllib.loads(FILE.read_text(encoding="utf-8"))["matter"]
]

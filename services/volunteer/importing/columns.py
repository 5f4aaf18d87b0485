"""Which column of a file is which, and what its words mean: in Chinese and in English. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Literal, NamedTuple

from services.volunteer.team.words import TeamKind
from services.volunteer.volunteer.words import Skill
from services.volunteer.words import Evidence, ReverseReason, Service

Kind = Literal["hours", "balances", "volunteers", "teams", "members"]


class Columns(NamedTuple):
    """The headers that are known for each field, and the fields that a file may lack."""

    known: Mapping[str, tuple[str, ...]]
    optional: Set[str]


PERSON = ("人员编号", "志愿者编号", "人员", "person", "person id", "volunteer")
TEAM = ("队伍编号", "队伍", "team", "key")
COLUMNS: Mapping[Kind, Columns] = {
    "hours": Columns(
        {
            "ref": ("记录编号", "编号", "ref", "record", "id"),
            "person": PERSON,
            "day": ("服务日期", "日期", "day", "date"),
            "minutes": ("分钟", "服务分钟", "时长分钟", "minutes"),
            "hours": ("小时", "服务小时", "时长", "服务时长", "hours"),
            "territory": ("地区", "社区", "小区", "地区编码", "territory"),
            "service": ("服务类别", "类别", "服务内容", "service"),
            "recorder": ("记录人", "登记人", "录入人", "logged by", "recorder"),
            "approver": ("核准人", "审核人", "approved by", "approver"),
            "home": ("所在社区", "居住地区", "home"),
            "evidence": ("凭据", "凭证", "evidence"),
            "since": ("开始时间", "签到时间", "since", "start"),
            "until": ("结束时间", "签退时间", "until", "end"),
            "logged_at": ("登记时间", "录入时间", "logged at"),
            "approved_at": ("核准时间", "审核时间", "approved at"),
            "reason": ("撤销原因", "reversed", "reversed because"),
            "reversed_at": ("撤销时间", "reversed at"),
            "team": ("队伍编号", "队伍", "team"),
        },
        frozenset(
            {"minutes", "hours", "approver", "home", "evidence", "since", "until", "logged_at",
             "approved_at", "reason", "reversed_at", "team"}
        ),
    ),
    "balances": Columns(
        {
            "person": PERSON,
            "home": ("所在社区", "居住地区", "地区", "社区", "home", "territory"),
            "minutes": ("分钟", "余额分钟", "minutes", "balance minutes"),
            "hours": ("小时", "余额", "余额小时", "hours", "balance"),
        },
        frozenset({"minutes", "hours"}),
    ),
    "volunteers": Columns(
        {
            "person": PERSON,
            "name": ("姓名", "名字", "name"),
            "territory": ("所在社区", "社区", "居住地区", "地区", "community", "home", "territory"),
            "skills": ("技能", "特长", "skills"),
            "guardian": ("监护人", "监护人编号", "guardian"),
            "joined": ("注册日期", "登记日期", "registered", "registered on"),
        },
        frozenset({"skills", "guardian", "joined"}),
    ),
    "teams": Columns(
        {
            "team": TEAM,
            "name": ("队名", "队伍名称", "名称", "name"),
            "territory": ("所在社区", "社区", "地区", "community", "territory"),
            "founded": ("成立日期", "成立时间", "founded", "since"),
            "kind": ("队伍类型", "类型", "kind"),
        },
        frozenset({"kind"}),
    ),
    "members": Columns(
        {
            "team": TEAM,
            "person": PERSON,
            "joined": ("入队日期", "加入日期", "joined", "since"),
            "left": ("离队日期", "退出日期", "left", "until"),
        },
        frozenset({"left"}),
    ),
}  # fmt: skip

SERVICES: Mapping[str, Service] = {
    "陪伴": "companionship", "代办": "errands", "助餐": "meals", "保洁": "cleaning",
    "健康": "health", "学习": "learning", "安全": "safety", "环境": "environment",
    "文化": "culture", "治理": "governance",
}  # fmt: skip
EVIDENCES: Mapping[str, Evidence] = {
    "现场扫码": "site_code", "受助人确认": "receiver", "照片": "photo", "登记": "recorder",
    "纸质": "paper", "自报": "own_word",
}  # fmt: skip
REASONS: Mapping[str, ReverseReason] = {
    "虚报": "false_hours", "错误": "mistake", "重复": "double", "本人要求": "own_request",
}  # fmt: skip
SKILLS: Mapping[str, Skill] = {
    "医疗": "medicine", "护理": "nursing", "法律": "law", "教学": "teaching", "维修": "repair",
    "驾驶": "driving", "烹饪": "cooking", "理发": "haircutting", "外语": "languages",
    "电脑": "computers", "音乐": "music", "心理": "counselling", "急救": "first_aid",
    "园艺": "gardening",
}  # fmt: skip
TEAM_KINDS: Mapping[str, TeamKind] = {
    "综合": "general", "妇女": "women", "老兵": "veterans", "青年": "youth", "银龄": "elders",
    "党员": "party", "巡逻": "patrol", "医护": "medical", "文艺": "culture",
    "环保": "environment", "行业": "trade",
}  # fmt: skip

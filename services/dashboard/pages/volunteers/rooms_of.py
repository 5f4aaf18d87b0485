"""Where somebody may go with volunteers' matters, by role. Data alone."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import NamedTuple

OWN = frozenset({"volunteer", "resident"})
LEADS = frozenset({"team_leader", "activity_lead"})
RECORDS = LEADS | {"recorder"}
APPROVES = frozenset({"hours_approver"})
OVERSEES = frozenset({"supervisor", "district_observer", "auditor"})
COUNTER = frozenset({"registrar"})
ALL = OWN | RECORDS | APPROVES | OVERSEES | COUNTER | {"grid_worker", "administrator"}
# Whose page this is.
VOLUNTEERING = ALL
# Who may see a community's figures.
FIGURES = ALL - {"administrator"}


class Door(NamedTuple):
    """A page: its path, what it is called, what one does there, and who goes there."""

    path: str
    text: str
    what: str
    roles: Set[str]


DOORS: Sequence[Door] = (
    Door("/calendar", "活动日历", "看哪天有什么活动，报名参加。", ALL),
    Door("/time", "我的时间", "我的服务时长、时间存折和转赠。", OWN),
    Door("/help", "点单求助", "请人帮忙，或者接单帮别人。", OWN | LEADS | COUNTER | OVERSEES),
    Door("/stars", "星级", "看自己够几星，申请评定。", OWN | APPROVES | OVERSEES),
    Door("/stars/notice", "星级公示", "正在公示的申请，有异议可以提。", ALL),
    Door("/promises", "说到做到", "每月固定的活动，办了没有。", ALL),
    Door("/teams", "志愿队伍", "有哪些队伍，做什么，谁带队。", ALL),
    Door("/activities", "办活动", "策划、发布、签到、登记时长。", RECORDS | OVERSEES),
    Door("/duties", "值守岗", "排班、打卡，缺岗马上看得见。", OWN | RECORDS | OVERSEES),
    Door("/hours", "时长审核", "一条条看凭据，通过或者退回。", APPROVES | OVERSEES),
    Door("/care", "关爱覆盖", "哪些需要关爱的人还没有人上门。", LEADS | OVERSEES | {"grid_worker"}),
    Door("/findings", "时长疑点", "时间、地点、照片对不上的记录。", APPROVES | OVERSEES),
    Door("/honours", "荣誉墙", "谁得了什么荣誉，正在公示谁。", ALL),
    Door("/volunteer-rules", "志愿规则", "星级门槛、存时上限和兑换条件。", ALL),
)


def doors(roles: Set[str]) -> list[Door]:
    """The pages that someone of these roles may go to."""
    return [one for one in DOORS if one.roles & roles]

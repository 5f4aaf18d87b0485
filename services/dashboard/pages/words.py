"""What the pages call things: the Chinese of each code, and where a role may go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from shared.core.roles import NAMES

STATES = {
    "filed": "已登记",
    "accepted": "已受理",
    "not_accepted": "不予受理",
    "dispatched": "已派单",
    "signed": "已签收",
    "replied": "已回复",
    "callback": "已回访",
    "closed": "已办结",
    "reopened": "重新办理",
}
CHANNELS = {
    "hotline": "12345热线",
    "petition_letter": "来信",
    "petition_visit": "来访",
    "online": "网上",
    "app": "小程序",
    "grid_report": "网格上报",
    "station": "情报站",
    "courtyard": "院坝会",
    "deliberation_hall": "议事厅",
    "household_survey": "入户调查",
    "building_stall": "楼栋摆台",
    "patrol": "巡查",
    "whistle": "吹哨",
    "partner": "共建单位",
    "cadre_checkin": "干部报到",
    "referral_110": "110转办",
    "leader_mailbox": "领导信箱",
}
TYPES = {
    "consult": "咨询",
    "help": "求助",
    "complaint": "投诉",
    "report": "举报",
    "suggest": "建议",
    "praise": "表扬",
    "petition": "信访事项",
    "dispute": "矛盾纠纷",
    "repair": "报修",
    "clue": "线索",
}
URGENCIES = {"critical": "特急", "urgent": "紧急", "normal": "一般", "complex": "复杂疑难"}
OUTCOMES = {
    "solved": "已解决",
    "partly_solved": "部分解决",
    "explained": "解释说明",
    "referred": "转其他途径",
    "shelved": "挂账",
    "invalid": "无效诉求",
    "unreasonable": "不合理诉求",
    "withdrawn": "撤诉",
    "duplicate": "重复件",
}
DECLINED = {
    "outside_remit": "不属本级职责",
    "in_litigation": "已进入诉讼",
    "already_decided": "已有终结结论",
    "not_a_demand": "不是诉求",
}
MISTAKES = {
    "entry_error": "录入有误",
    "source_error": "来源有误",
    "new_facts": "有了新情况",
    "reclassified": "重新归类",
}
STEPS = {
    "accept": "受理",
    "decline": "决定不予受理",
    "dispatch": "派单",
    "sign": "签收",
    "reply": "回复",
    "callback": "回访",
    "close": "办结",
    "reopen": "重新办理此件",
    "correct": "更正",
}
PILES = {
    "accept": "待受理",
    "dispatch": "待派单",
    "sign": "待签收",
    "reply": "待回复",
    "callback": "待回访",
    "close": "待办结",
    "waiting": "在等别人",
}
EVENTS = {
    "petition-raised": "提出诉求",
    "case-accepted": "已受理",
    "case-declined": "不予受理",
    "case-dispatched": "已派单",
    "order-signed": "已签收",
    "reply-submitted": "已回复",
    "callback-recorded": "已回访",
    "case-closed": "已办结",
    "case-reopened": "重新办理",
    "case-corrected": "更正记录",
    "subject-erased": "个人信息已清除",
}
# What a petitioner is told of each step.
TOLD = {
    "filed": "我们收到了",
    "accepted": "已经受理",
    "not_accepted": "不能受理",
    "dispatched": "交给承办单位",
    "signed": "承办单位接单",
    "replied": "办理结果",
    "callback": "您的评价",
    "closed": "已办结",
    "reopened": "重新办理",
}
# What a petitioner is told of a case, and how that went.
NOTICES = {
    "accepted": "受理",
    "not_accepted": "不予受理",
    "dispatched": "交办",
    "progress": "进展",
    "prolonged": "延期",
    "replied": "答复",
    "redo": "退回重办",
    "shelved": "挂账",
    "reviewed": "挂账再看",
    "closed": "办结",
    "reopened": "重新办理",
    "withdrawn": "撤回",
    "duplicate": "并案",
}
NOTICE_STATES = {
    "owed": "待告知",
    "delivered": "已告知",
    "given_up": "没有送到",
    "undeliverable": "无法告知",
}
PORTS = {"gateway": "短信", "email": "邮件", "webhook": "消息平台", "outbox": "留在本机"}
NOTICE_REASONS = {
    "timed_out": "对方没有及时回应",
    "unreachable": "连不上",
    "busy": "对方忙",
    "not_let_in": "对方不让发",
    "refused": "对方不收",
    "faulty": "没能写成",
    "no_contact": "没有留联系方式",
    "erased": "个人信息已清除",
    "no_port": "留的联系方式还发不到",
}
KINDS = {
    "district": "区",
    "subdistrict": "街道",
    "block": "街区",
    "community": "社区",
    "neighbourhood": "小区",
    "grid": "网格",
    "lane": "街巷",
    "building": "楼栋",
}
WORDS: Mapping[str, Mapping[str, str]] = {
    "state": STATES,
    "channel": CHANNELS,
    "type": TYPES,
    "urgency": URGENCIES,
    "outcome": OUTCOMES,
    "declined": DECLINED,
    "mistake": MISTAKES,
    "step": STEPS,
    "pile": PILES,
    "event": EVENTS,
    "told": TOLD,
    "kind": KINDS,
    "notice": NOTICES,
    "notice_state": NOTICE_STATES,
    "port": PORTS,
    "notice_reason": NOTICE_REASONS,
    "role": {str(role): name for role, name in NAMES.items()},
}


class Link(NamedTuple):
    """A page in the navigation."""

    path: str
    text: str


BOARDS = frozenset({"dispatcher", "supervisor", "district_observer", "auditor"})
DESK = frozenset({"dispatcher", "handling_unit", "first_receiver", "callback_agent", "grid_worker"})
REGISTER = frozenset(
    {"grid_worker", "building_head", "dispatcher", "first_receiver", "callback_agent",
     "supervisor", "district_observer", "auditor", "handling_unit"}
)  # fmt: skip
OUTBOX = frozenset({"dispatcher", "supervisor", "administrator"})
LINKS: Sequence[tuple[Link, frozenset[str] | None]] = (
    (Link("/board", "看板"), BOARDS),
    (Link("/compare", "社区比较"), BOARDS),
    (Link("/desk", "我的工单"), DESK),
    (Link("/cases", "案件登记"), REGISTER),
    (Link("/outbox", "告知记录"), OUTBOX),
    (Link("/petition", "反映问题"), None),
    (Link("/petition/follow", "查询进度"), None),
)


def word(kind: str, code: str) -> str:
    """The Chinese of a code; the code itself where it has none."""
    return WORDS[kind].get(code, code)


def links_for(roles: Set[str]) -> list[Link]:
    """The pages that someone of these roles may open."""
    return [link for link, needed in LINKS if needed is None or needed & roles]


def home_for(roles: Set[str]) -> str:
    """Where someone of these roles begins."""
    found = links_for(roles)
    return found[0].path if found else "/petition"

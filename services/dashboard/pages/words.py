"""What the pages call things: the Chinese of each code, and where a role may go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from services.dashboard.pages import rule_words
from services.dashboard.pages.case_words import (
    ASKED,
    CLOCKS,
    DECLINED,
    EVENTS,
    MISTAKES,
    PILES,
    REASONS,
    STATES,
    STEPS,
    TOLD,
)
from services.dashboard.pages.look_words import FIELDS, LOOKS, SHOWN
from services.dashboard.pages.notice_words import NOTICE_REASONS, NOTICE_STATES, NOTICES, PORTS
from services.dashboard.pages.points import (
    claim_words,
    doors,
    honour_words,
    points_words,
    rules_words,
    shop_words,
)
from services.dashboard.pages.volunteers import (
    bank_words,
    help_words,
    promise_words,
    rooms_of,
    star_words,
)
from services.dashboard.pages.volunteers.people_words import PEOPLE_WORDS
from shared.core.roles import NAMES

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
WHISTLE_REASONS = {
    "beyond_subdistrict": "超出街道职责",
    "joint_enforcement": "联合执法",
    "emergency": "突发应急",
}
STANDINGS = {
    "awaited": "等候到场",
    "in_time": "按时到场",
    "late": "迟到",
    "absent": "未到场",
    "excused": "不用到场",
    "unasked": "主动到场",
}
WORDS: Mapping[str, Mapping[str, str]] = {
    "state": STATES,
    "channel": CHANNELS,
    "type": TYPES,
    "urgency": URGENCIES,
    "outcome": OUTCOMES,
    "declined": DECLINED,
    "mistake": MISTAKES,
    "asked": ASKED,
    "reason": REASONS,
    "clock": CLOCKS,
    "step": STEPS,
    "pile": PILES,
    "event": EVENTS,
    "told": TOLD,
    "kind": KINDS,
    "whistle_reason": WHISTLE_REASONS,
    "standing": STANDINGS,
    "notice": NOTICES,
    "notice_state": NOTICE_STATES,
    "port": PORTS,
    "notice_reason": NOTICE_REASONS,
    "look": LOOKS,
    "shown": SHOWN,
    "field": FIELDS,
    "role": {str(role): name for role, name in NAMES.items()},
    **rule_words.WORDS,
    **bank_words.WORDS,
    **promise_words.WORDS,
    **PEOPLE_WORDS,
    **star_words.WORDS,
    **help_words.WORDS,
    **points_words.WORDS,
    **honour_words.WORDS,
    **rules_words.WORDS,
    **claim_words.WORDS,
    **rules_words.WORDS,
    **shop_words.WORDS,
}


class Link(NamedTuple):
    """A page in the navigation."""

    path: str
    text: str


BOARDS = frozenset({"dispatcher", "supervisor", "district_observer", "auditor"})
DESK = frozenset(
    {"dispatcher", "handling_unit", "first_receiver", "callback_agent", "grid_worker", "arbiter",
     "supervisor"}
)  # fmt: skip
REGISTER = frozenset(
    {"grid_worker", "building_head", "dispatcher", "first_receiver", "callback_agent",
     "supervisor", "arbiter", "district_observer", "auditor", "handling_unit"}
)  # fmt: skip
BLOWERS = frozenset({"dispatcher", "supervisor", "grid_worker", "party_secretary"})
TURNOUT = BOARDS | BLOWERS | {"handling_unit"}
SCORES = BOARDS | {"handling_unit"}
SAMPLE = BOARDS | {"callback_agent"}
RULES = frozenset({"administrator", "supervisor", "dispatcher", "auditor"})
OUTBOX = frozenset({"dispatcher", "supervisor", "administrator"})
# Who may open what is not theirs if they say why; who may read who looked.
GLASS = DESK - {"handling_unit"} | {"auditor"}
OVERSEERS = frozenset({"supervisor", "auditor", "administrator"})
LINKS: Sequence[tuple[Link, frozenset[str] | None]] = (
    (Link("/board", "看板"), BOARDS),
    (Link("/compare", "社区比较"), BOARDS),
    (Link("/desk", "我的工单"), DESK),
    (Link("/cases", "案件登记"), REGISTER),
    (Link("/whistles", "吹哨报到"), REGISTER | BLOWERS),
    (Link("/campaigns", "专项行动"), REGISTER - {"handling_unit"} | BLOWERS),
    (Link("/scores", "考核得分"), SCORES | SAMPLE),
    (Link("/rules", "办理规则"), RULES),
    (Link("/outbox", "告知记录"), OUTBOX),
    (Link("/volunteering", "志愿"), rooms_of.VOLUNTEERING),
    (Link("/points", "积分"), doors.POINTS),
    (Link("/petition", "反映问题"), None),
    (Link("/petition/follow", "查询进度"), None),
    (Link("/honours", "荣誉墙"), rooms_of.OWN),
)


def word(kind: str, code: str) -> str:
    """The Chinese of a code; the code itself where it has none."""
    return WORDS[kind].get(code, code)


def links_for(roles: Set[str]) -> list[Link]:
    """The pages that someone of these roles may open."""
    return [link for link, needed in LINKS if needed is None or needed & roles]


def home_for(roles: Set[str]) -> str:
    """Where someone of these roles begins."""
    found = [] if roles == {"resident"} else links_for(roles)  # they have something to say
    return found[0].path if found else "/petition"

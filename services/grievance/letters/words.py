"""What a letter calls things. It is an official paper: in Chinese, whatever language a page has."""

from __future__ import annotations

from collections.abc import Mapping

from services.grievance.words import FollowedAs

STEPS: Mapping[FollowedAs, str] = {
    "filed": "收到诉求",
    "accepted": "受理",
    "not_accepted": "不予受理",
    "dispatched": "交承办单位",
    "bounced": "承办单位退回",
    "signed": "承办单位签收",
    "contacted": "联系诉求人",
    "progress": "告知办理进展",
    "prolonged": "办理期限延长",
    "redo": "发回重办",
    "shelved": "暂时挂账",
    "reviewed": "挂账复核",
    "replied": "作出答复",
    "callback": "回访",
    "closed": "办结",
    "reopened": "重新办理",
}
TYPES: Mapping[str, str] = {
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
OUTCOMES: Mapping[str, str] = {
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
LIMITS = {"min": "分钟", "h": "小时", "d": "日", "wd": "个工作日"}
NOT_CLOSED = "本件尚未办结"
ERASED = "（个人信息已清除）"
NO_NAME = "（未留姓名）"
WITHHELD = "（不予显示）"
NAMELESS = frozenset({ERASED, NO_NAME, WITHHELD})
NO_UNIT = "（未记载承办单位）"


def spelled(limit: str) -> str:
    """How long a limit such as `15d` or `5wd` is."""
    unit = limit.lstrip("0123456789")
    return f"{limit.removesuffix(unit)}{LIMITS[unit]}"

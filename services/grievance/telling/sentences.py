"""What a notice says of each step, in each language: what happened, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from services.grievance.words import DeclineReason, Outcome, ToldOf

Language = Literal["zh", "en"]


class Sentences(NamedTuple):
    """All that is said in one language. `code` stands for who has a code to follow it by, `number`
    for who has not."""

    title: str
    happened: Mapping[ToldOf, str]
    next: Mapping[ToldOf, str]
    outcome: Mapping[Outcome, str]
    reason: Mapping[DeclineReason, str]
    code: str
    number: str
    at: str
    between: str


ZH = Sentences(
    title="诉求 {number} 的办理通知",
    happened={
        "accepted": "您反映的事（编号 {number}）已经受理。",
        "not_accepted": "您反映的事（编号 {number}）不能受理：{reason}。",
        "dispatched": "您反映的事（编号 {number}）已交{unit}办理。",
        "progress": "您反映的事（编号 {number}）有新进展。",
        "prolonged": "您反映的事（编号 {number}）延长 {days} 个工作日办理。",
        "replied": "您反映的事（编号 {number}）有了答复。",
        "redo": "您反映的事（编号 {number}）的答复没有通过，已要求重新办理。",
        "shelved": "您反映的事（编号 {number}）目前还办不了，{review_on} 再看。",
        "reviewed": "您反映的事（编号 {number}）已经再次研究。",
        "closed": "您反映的事（编号 {number}）已办结：{outcome}。",
        "reopened": "您反映的事（编号 {number}）重新办理了。",
        "withdrawn": "您反映的事（编号 {number}）已经撤回，不再办理。",
        "duplicate": "您反映的事（编号 {number}）与另一件是同一回事，并到那一件办理。",
    },
    next={
        "replied": "请看答复，解决没有、满意不满意，请告诉我们。",
        "closed": "没有解决的，可以要求重新办理。",
        "not_accepted": "说明里写了可以找谁。",
        "withdrawn": "需要时可以再反映。",
    },
    outcome={
        "solved": "已解决", "partly_solved": "部分解决", "explained": "解释说明",
        "referred": "转其他途径", "shelved": "挂账", "invalid": "无效诉求",
        "unreasonable": "不合理诉求", "withdrawn": "撤诉", "duplicate": "重复件",
    },
    reason={
        "outside_remit": "不属本级职责", "in_litigation": "已进入诉讼",
        "already_decided": "已有终结结论", "not_a_demand": "不是诉求",
    },
    code="凭编号和查询码可以看办到哪一步",
    number="要问进度，请报这个编号",
    at="{what}：{url}",
    between="",
)  # fmt: skip
EN = Sentences(
    title="About your petition {number}",
    happened={
        "accepted": "Your petition {number} was accepted.",
        "not_accepted": "Your petition {number} cannot be taken: {reason}.",
        "dispatched": "Your petition {number} is with {unit} now.",
        "progress": "There is progress on your petition {number}.",
        "prolonged": "Your petition {number} takes {days} more working days.",
        "replied": "There is an answer to your petition {number}.",
        "redo": "The answer to your petition {number} did not do; work goes on.",
        "shelved": "Your petition {number} has to wait; it comes up again on {review_on}.",
        "reviewed": "Your petition {number} was looked at again.",
        "closed": "Your petition {number} is closed: {outcome}.",
        "reopened": "Your petition {number} was opened again.",
        "withdrawn": "Your petition {number} was withdrawn; nobody works on it any more.",
        "duplicate": "Your petition {number} is about the same matter as another one and goes on "
        "there.",
    },
    next={
        "replied": "Please read it, and tell us whether it solves the matter.",
        "closed": "If it is not solved, you can ask for it to be opened again.",
        "not_accepted": "The explanation says whom to turn to.",
        "withdrawn": "You can file it again.",
    },
    outcome={
        "solved": "solved", "partly_solved": "partly solved", "explained": "explained",
        "referred": "referred elsewhere", "shelved": "shelved", "invalid": "not valid",
        "unreasonable": "not reasonable", "withdrawn": "withdrawn", "duplicate": "a duplicate",
    },
    reason={
        "outside_remit": "it is not ours to decide", "in_litigation": "it is before a court",
        "already_decided": "it was decided for good", "not_a_demand": "it asks for nothing",
    },
    code="Follow it by its number and your code",
    number="Give this number when you ask about it",
    at="{what}: {url}",
    between=" ",
)  # fmt: skip
SENTENCES: Mapping[Language, Sentences] = {"zh": ZH, "en": EN}

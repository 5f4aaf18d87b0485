"""What the pages call what a petitioner was told, and how that went."""

from __future__ import annotations

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

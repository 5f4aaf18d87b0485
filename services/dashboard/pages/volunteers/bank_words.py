"""What the pages call hours and time: the Chinese of each code, and how long something lasts."""

from __future__ import annotations

from collections.abc import Mapping

from services.dashboard.pages.language import Language, in_words

WORDS: Mapping[str, Mapping[str, str]] = {
    "service": {
        "companionship": "陪伴关爱",
        "errands": "代办跑腿",
        "meals": "助餐送饭",
        "cleaning": "打扫清洁",
        "health": "健康义诊",
        "learning": "教学培训",
        "safety": "巡逻守护",
        "environment": "环境整治",
        "culture": "文体活动",
        "governance": "议事协商",
    },
    "evidence": {
        "site_code": "现场扫码",
        "receiver": "受助人确认",
        "photo": "照片凭据",
        "recorder": "记录人登记",
        "paper": "纸质签到单",
        "own_word": "本人说明",
    },
    "record_state": {
        "logged": "等待审核",
        "approved": "审核通过",
        "rejected": "未通过",
        "reversed": "已冲销",
    },
    "odd": {
        "late": "补录",
        "own_entry": "本人登记",
        "weak": "凭据较弱",
        "long": "超过八小时",
        "full_day": "当天超过十二小时",
        "same_proof": "凭据与别的记录相同",
    },
    "reject": {
        "not_served": "没有服务",
        "wrong_time": "时间不对",
        "double": "重复登记",
        "no_evidence": "没有凭据",
        "wrong_person": "不是本人",
    },
    "late": {
        "paper_form": "纸质登记",
        "phone_note": "电话记录",
        "field_work": "外出在岗",
        "outage": "系统故障",
        "handover": "交接补登",
        "migration": "旧系统转入",
    },
    "entry": {
        "time-deposited": "存入服务时长",
        "excess-honoured": "超过上限，作为荣誉记下",
        "time-reversed": "冲销服务时长",
        "time-held": "为求助预留",
        "time-released": "退回预留",
        "time-redeemed": "换取帮助",
        "time-gifted": "送给亲属",
        "time-received": "亲属赠送",
        "time-donated": "捐给互助池",
        "time-brought-in": "从别处转入",
        "time-transferred-out": "转到外地",
        "account-bequeathed": "由亲属继承",
        "account-inherited": "继承亲属的时间",
    },
}


def lasting(language: Language, minutes: int | None) -> str:
    """So many minutes in hours and minutes; a dash for what is not known."""
    if minutes is None:
        return "—"
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else ""
    if not hours:
        text = in_words(language, "%(m)s分钟")
    else:
        text = in_words(language, "%(h)s小时%(m)s分钟" if rest else "%(h)s小时")
    return sign + text % {"h": f"{hours:,}", "m": rest}

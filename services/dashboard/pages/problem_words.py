"""Refusals in words of the page's language: the APIs answer in English, by a stable code."""

from __future__ import annotations

from collections.abc import Mapping

from services.dashboard.pages.language import Language, in_words

WORDS: Mapping[str, str] = {
    "unknown": "没有办成，请稍后再试。",
    "away": "暂时连不上，请再试一次，不会重复提交。",
    "internal_error": "系统出了问题，请再试一次，不会重复提交。",
    "overloaded": "现在办理的人太多，请过几秒再试。",
    "neighbour_away": "这项服务暂时没有回应，请稍后再试。",
    "unauthorized": "登录已过期，请重新选择身份。",
    "role_missing": "您的身份不能办理这一项。",
    "outside_territory": "这不在您负责的范围内。",
    "outside_unit": "这不是您单位的工单。",
    "not_your_unit": "这不是您单位的工单。",
    "not_your_own": "这不是您本人的事项。",
    "no_unit": "您的身份没有对应的单位。",
    "callback_by_handler": "承办单位不能回访自己办的件。",
    "already_called_back": "这一轮已经回访过了。",
    "answers_missing": "请选择是否解决、是否满意。",
    "answers_without_contact": "没有联系上时，不填写解决和满意。",
    "version_changed": "这件事刚刚有了新进展，请看过最新情况再办。",
    "validation_failed": "有的内容填写得不对，请看标红的地方。",
    "invalid": "这里填写得不对。",
    "unknown_territory": "地图上没有这个地方，请重新选择。",
    "former_territory": "这个地方已经合并或拆分，请选择现在的名称。",
    "not_on_the_map_then": "那一天还没有这个地方。",
    "unknown_unit": "没有这个单位，请重新选择。",
    "happened_before_previous": "时间不能早于上一步。",
    "too_many_requests": "提交得太快了，请稍等一会儿再试。",
    "unknown_petition": "编号或查询码不对，请核对后再试。",
    "reopen_window_over": "已经超过可以要求重新办理的期限。",
    "bad_photo": "这张照片传不上去，请换一张。",
    "not_found": "没有找到。",
    "no_such_case": "没有这件事，或者您不能查看。",
    "case_is_closed": "这件事已经办结。",
    "case_is_filed": "这件事还没有受理。",
    "case_is_accepted": "这件事已经受理。",
    "case_is_dispatched": "这件事已经派单。",
    "case_is_signed": "这件事已经签收。",
    "case_is_replied": "这件事已经回复。",
    "case_is_callback": "这件事已经回访。",
    "case_is_reopened": "这件事正在重新办理。",
    "case_is_not_accepted": "这件事没有受理。",
}


def problem_words(language: Language) -> dict[str, str]:
    """Every refusal that the pages have words for."""
    return {code: in_words(language, text) for code, text in WORDS.items()}


def said(language: Language, code: str, detail: str) -> str:
    """One refusal in words; as the API put it where the pages have none."""
    return in_words(language, WORDS[code]) if code in WORDS else detail

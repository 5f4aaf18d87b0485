"""Refusals in words of the page's language: the APIs answer in English, by a stable code."""

from __future__ import annotations

from collections.abc import Mapping

from services.dashboard.pages.language import Language, in_words

WORDS: Mapping[str, str] = {
    # what the page itself has to say
    "unknown": "没有办成，请稍后再试。",
    "away": "暂时连不上，请再试一次，不会重复提交。",
    "neighbour_away": "这项服务暂时没有回应，请稍后再试。",
    "bad_photo": "这张照片传不上去，请换一张。",
    # who asks, and how often
    "unauthenticated": "登录已过期，请重新选择身份。",
    "role_missing": "您的身份不能办理这一项。",
    "outside_territory": "这不在您负责的范围内。",
    "outside_unit": "这不是您单位的工单。",
    "not_your_unit": "这不是您单位的工单。",
    "not_your_own": "这不是您本人的事项。",
    "no_unit": "您的身份没有对应的单位。",
    "too_often": "提交得太快了，请稍等一会儿再试。",
    "too_many_tries": "查询码错了好几次，请过一会儿再试。",
    # what is asked
    "invalid_request": "这里填写得不对。",
    "does_not_fit": "这一项与要办的步骤对不上，请刷新后再试。",
    "too_short": "请至少写两个字，或者写编号。",
    "not_a_picture": "这不是照片，请换一张 JPEG、PNG 或 WebP。",
    "no_room": "现在放不下照片，可以先不带照片提交。",
    "no_such_photo": "没有这张照片，请重新添加。",
    "no_photos_here": "这里不能放照片。",
    "too_slow": "照片传得太慢，请再试一次。",
    "not_found": "没有找到。",
    "body_too_large": "内容太大了，请减少一些。",
    "unknown_territory": "地图上没有这个地方，请重新选择。",
    "former_territory": "这个地方已经合并或拆分，请选择现在的名称。",
    "not_on_the_map_then": "那一天还没有这个地方。",
    "in_the_future": "那一天还没有到。",
    "ends_before_it_begins": "开始的日子要在结束的日子之前。",
    "no_such_case": "没有这件事，或者您不能查看。",
    "no_such_person": "没有这个人。",
    "no_such_petition": "编号或查询码不对，请核对后再试。",
    "not_yet": "那时还没有这件事。",
    # what cannot be done now
    "version_changed": "这件事刚刚有了新进展，请看过最新情况再办。",
    "already_called_back": "这一轮已经回访过了。",
    "answers_missing": "请选择是否解决、是否满意。",
    "answers_without_contact": "没有联系上时，不填写解决和满意。",
    "callback_by_handler": "承办单位不能回访自己办的件。",
    "callback_corrected_by_handler": "承办单位不能更正对自己的回访。",
    "reopening_is_over": "已经超过可以要求重新办理的期限。",
    "happened_before_previous": "时间不能早于上一步。",
    "happened_after_next": "时间不能晚于下一步。",
    "occurs_in_the_future": "时间不能在将来。",
    "reply_before_petition": "回复不能早于诉求。",
    "no_such_event": "没有这一条记录。",
    "not_correctable": "这一项不能更正。",
    "nothing_to_correct": "没有要更正的内容。",
    "not_the_next_try": "这次告知已经记过了。",
    "bad_value": "更正的内容不对。",
    "person_erased": "这个人的信息已经清除。",
    "case_is_filed": "这件事还没有受理。",
    "case_is_accepted": "这件事已经受理。",
    "case_is_not_accepted": "这件事没有受理。",
    "case_is_dispatched": "这件事已经派单。",
    "case_is_signed": "这件事已经签收。",
    "case_is_replied": "这件事已经回复。",
    "case_is_callback": "这件事已经回访。",
    "case_is_closed": "这件事已经办结。",
    "case_is_reopened": "这件事正在重新办理。",
    # what went wrong here
    "busy": "现在办理的人太多，请过几秒再试。",
    "unavailable": "暂时连不上，请再试一次，不会重复提交。",
    "read_model_behind": "数字还没有跟上，请过几秒再试。",
    "internal_error": "系统出了问题，请再试一次，不会重复提交。",
}


def problem_words(language: Language) -> dict[str, str]:
    """Every refusal that the pages have words for."""
    return {code: in_words(language, text) for code, text in WORDS.items()}


def said(language: Language, code: str, detail: str) -> str:
    """One refusal in words; as the API put it where the pages have none."""
    return in_words(language, WORDS[code]) if code in WORDS else detail

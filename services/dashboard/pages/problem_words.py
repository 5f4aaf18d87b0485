"""Refusals in words of the page's language: the APIs answer in English, by a stable code."""

from __future__ import annotations

from collections.abc import Mapping

from services.dashboard.pages.language import Language, in_words
from services.dashboard.pages.points import problems as points
from services.dashboard.pages.volunteers import bank_problems, help_problems, volunteer_problems

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
    "not_a_paper": "这份文件不能用。带密码、签名、附件或脚本的 PDF，请打印成新的 PDF 再交。",
    "no_such_file": "没有这份文件，请重新添加。",
    "no_files_here": "这里不能放附件。",
    "files_away": "附件暂时存取不了，请稍后再试，不会重复提交。",
    "no_reply_yet": "还没有答复，不能出答复意见书。",
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
    "no_seals": "这里没有封存记录，不能导出证据。",
    "not_sealed_yet": "最新的记录还没有封存，请过几秒再试。",
    "seals_damaged": "封存的文件读不出来，请报告管理员。",
    "does_not_verify": "记录对不上，不能导出，请立即报告审计。",
    "not_yet": "那时还没有这件事。",
    # who looks
    "look_not_recorded": "查看要先记录在案，现在记不下来，所以不能显示。请稍后再试。",
    "glass_was_broken": "这次查看已经用过了，请重新写明理由再看。",
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
    "unit_has_it": "这家单位已经在办。",
    "unit_sent_it_back": "这家单位退过单，请派给别的单位，或者由审定人决定。",
    "needs_an_arbiter": "退单次数已满，要由审定人决定归属。",
    "remit_is_decided": "归属已经审定，不能再退单。",
    "too_late_to_bounce": "已经超过可以退单的时间。",
    "not_an_assisting_unit": "没有请您单位协办这件事。",
    "extension_was_asked": "这一轮已经申请过延期。",
    "extension_by_asker": "自己申请的延期，要由别人审批。",
    "nothing_to_prolong": "没有正在计的办理时限，或者已经到期。",
    "too_long": "超过了可以延长的天数。",
    "nothing_was_asked": "没有等待审批的申请。",
    "too_early_to_shelve": "要到期或延期之后才能挂账。",
    "review_missing": "请写明哪天再复核。",
    "review_is_past": "复核的日子要在今天之后。",
    "review_is_too_late": "复核的日子太远了。",
    "site_verified_by_handler": "承办单位不能核查自己办的件。",
    "no_grounds_to_raise": "还没有到可以提级的条件。",
    "is_supervised": "已经在督办。",
    "is_not_supervised": "没有在督办。",
    "exclusion_was_asked": "已经申请过剔除。",
    "exclusion_by_asker": "自己申请的剔除，要由别人审定。",
    "not_a_clue": "这件事不是线索。",
    "clue_was_verified": "这条线索已经核实过。",
    "is_itself": "不能把一件事关联到它自己。",
    "is_linked": "这两件事已经关联。",
    "case_is_over": "这件事已经结束。",
    "no_such_original": "没有那一件，请核对编号。",
    "original_is_a_duplicate": "那一件本身是重复件，请写它的主件。",
    "person_erased": "这个人的信息已经清除。",
    "case_is_filed": "这件事还没有受理。",
    "case_is_accepted": "这件事已经受理。",
    "case_is_not_accepted": "这件事没有受理。",
    "case_is_dispatched": "这件事已经派单。",
    "case_is_bounced": "这件事已经退单。",
    "case_is_redo": "这件事已经发回重办。",
    "case_is_shelved": "这件事已经挂账。",
    "case_is_signed": "这件事已经签收。",
    "case_is_replied": "这件事已经回复。",
    "case_is_callback": "这件事已经回访。",
    "case_is_closed": "这件事已经办结。",
    "case_is_reopened": "这件事正在重新办理。",
    # whistles
    "no_such_whistle": "没有这次吹哨，或者您不能查看。",
    "whistle_is_ended": "这次吹哨已经结束。",
    "bad_number_of_units": "一次吹哨叫 1 到 20 个单位。",
    "unit_is_called": "这个单位已经叫过，或者已经到场。",
    "unit_is_here": "您的单位已经报到了。",
    "unit_is_not_here": "请先报到。",
    "unit_gave_result": "您的单位已经报告过结果。",
    "unit_is_strange": "有的单位没有被叫到，也没有到场。",
    "did_without_coming": "没有到场的单位不能算办了事。",
    # campaigns
    "no_such_campaign": "没有这次行动，或者您不能查看。",
    "campaign_is_closed": "这次行动已经结束。",
    "campaign_has_not_begun": "这次行动还没有开始。",
    "is_in_campaign": "这件事已经在这次行动里。",
    # rule books
    "version_taken": "这个版本号用过了，请换一个。",
    "starts_in_the_past": "最早今天生效。",
    "urgency_missing": "每种紧急程度都要有时限。",
    "not_in_days": "这一项要按天或工作日写。",
    "day_twice": "有一天写了两次。",
    "source_missing": "每项数字都要有出处。",
    "no_such_figure": "没有这项数字，不用写出处。",
    "no_such_rule_book": "没有这一版规则。",
    "is_withdrawn": "这一版已经撤回了。",
    "rule_book_has_started": "这一版已经生效，不能撤回；请发布新的一版。",
    "no_district": "地图上还没有这个区。",
    # hours and time
    **bank_problems.WORDS,
    # promises, papers, activities, stars
    **volunteer_problems.WORDS,
    # help, care, clearing, findings
    **help_problems.WORDS,
    # points, the shop, honours
    **points.WORDS,
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

"""Refusals about claims for points in words of the page's language."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    "no_such_claim": "没有这条申报，或者您不能查看。",
    "claim_is_waiting": "这条申报还在等待审核。",
    "claim_is_approved": "这条申报已经审核通过。",
    "claim_is_rejected": "这条申报没有通过。",
    "claim_is_withdrawn": "这条申报已经撤回。",
    "claim_approved_by_claimer": "这是您申报的，要由别人审核。",
    "claim_approved_by_holder": "不能审核自己的积分，要由别人审核。",
    "claimed_by_another": "这是别人申报的，由他撤回，或者由审核人退回。",
    "comes_by_itself": "这项积分由系统自动计入，不用申报。",
    "more_than_a_day": "一天只有二十四小时，请核对时长。",
    "too_many_times": "一次最多申报一百次。",
    "photo_missing": "这项要有照片，请选一张。",
    "words_missing": "请写明做了什么。",
}

"""What the pages call claims for points: the Chinese of each code."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "claim_state": {
        "waiting": "等待审核",
        "approved": "已加分",
        "rejected": "未通过",
        "withdrawn": "已撤回",
    },
    "claim_refusal": {
        "not_done": "没有做这件事",
        "no_evidence": "凭据看不出来",
        "double": "重复申报",
        "other_reason": "事由选错了",
        "wrong_day": "日期不对",
        "wrong_person": "不是本人做的",
    },
    "claim_odd": {
        "late": "补报",
        "by_another": "别人代报",
        "same_day": "同一天报过同样的事",
        "same_proof": "照片与别的申报相同",
        "capped": "超过上限的不加分",
    },
    "shown_by": {
        "none": "不用凭据",
        "words": "写明做了什么",
        "photo": "要有照片",
    },
}

"""Refusals about honours in words of the page's language."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    "no_such_honour": "没有这项荣誉，或者您不能查看。",
    "no_such_honour_kind": "现行规则里没有这项荣誉。",
    "no_household": "户籍登记里没有这个人的家庭。",
    "nominee_missing": "请写明是谁，或者由哪位家人代表。",
    "name_missing": "请写上要公布的姓名。",
    "territory_missing": "请选择是哪个楼栋或社区。",
    "not_such_a_holder": "这个地方不能得这项荣誉，请选择楼栋或社区。",
    "year_ahead": "这一年还没有到。",
    "not_nominated": "这里还没有人被提名。",
    "honour_nominated": "已经有人提名了这项荣誉，不用再提。",
    "honour_on_notice": "这项提名正在公示。",
    "honour_is_held": "这项荣誉已经授予。",
    "honour_declined": "这项提名没有通过。",
    "honour_withdrawn": "这项荣誉已经撤销。",
    "honour_of_another_role": "按规则，这项荣誉要由别的身份授予。",
    "honour_document_missing": "这项荣誉由上级授予，请填写上级的批准文号。",
    "honour_judged_by_holder": "这是您自己的荣誉，要由别人来定。",
    "honour_granted_by_nominator": "这是您提的名，要由别人授予。",
    "objection_answered_by_objector": "这是您提的异议，要由别人答复。",
}

"""Refusals at the counter of points in words of the page's language."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    "not_a_giver": "这一项您不能当场加减，请走申报，由审核员决定。",
    "own_points": "不能给自己加减分，要由别人办理。",
    "words_missing": "请写明做了什么。",
    "photo_missing": "这一项要有照片。",
    "not_of_household": "按户籍登记，这个人不住在这一户。",
}

"""What a text can be found by."""

from __future__ import annotations

import pytest

from shared.core.grams import LONGEST, grams


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("路灯坏了", {"路灯", "灯坏", "坏了"}),
        ("路灯，坏了。", {"路灯", "坏了"}),
        ("3栋LED灯不亮", {"3", "led", "灯不", "不亮"}),
        ("ＬＥＤ　灯具", {"led", "灯具"}),
        ("no. 12345-67 a_b", {"no", "12345", "67", "a", "b"}),
        ("灯", set()),
        ("", set()),
        ("，。！🏮", set()),
        ("㐂𠀀", {"㐂𠀀"}),
    ],
)
def test_a_text_is_found_by_its_pairs_and_its_words(text: str, found: set[str]) -> None:
    assert grams(text) == found


@pytest.mark.parametrize("part", ["路灯", "灯坏了", "LED", "led灯坏", "坏了", "三单元"])
def test_every_part_between_two_signs_is_found_in_the_whole(part: str) -> None:
    assert grams(part) <= grams("三单元门口，LED灯坏了，路灯也不亮")


def test_a_long_text_is_found_by_how_it_begins() -> None:
    assert "路灯" in grams("啊" * (LONGEST - 2) + "路灯")
    assert "路灯" not in grams("啊" * LONGEST + "路灯")

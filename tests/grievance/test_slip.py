"""Number and code as people read them out, type them and mistake them."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from services.grievance.petitioners import slip
from services.grievance.petitioners.forms import TITLE, first_words
from services.grievance.petitioners.slip import Place

CODE = "0K11X2M9"


def test_a_code_is_eight_of_thirty_two_signs_and_forty_bits_of_chance() -> None:
    codes = [slip.new_code() for _ in range(4_000)]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch("[0-9A-HJKMNP-TV-Z]{8}", code) for code in codes)
    signs = Counter("".join(codes))
    assert len(signs) == 32
    assert max(signs.values()) < 1.3 * 1_000


def test_a_code_is_shown_in_two_groups_of_four() -> None:
    assert slip.shown_code(CODE) == "0K11-X2M9"


@pytest.mark.parametrize(
    "typed",
    [
        "0K11-X2M9",
        "0k11x2m9",
        " OKIL x2m9 ",
        "oK1l—X2M9",
        "０Ｋ１１－Ｘ２Ｍ９",
        "0K11 – X2M9",
        "0-k-I-1-X2M9",
    ],
)
def test_a_code_is_read_as_it_is_meant(typed: str) -> None:
    assert slip.read_code(typed) == CODE


NO_CODES = (
    "", "0K11-X2M", "0K11-X2M99", "UUUU-UUUU", "0K11-X2M*", "路灯路灯路灯路灯", "---", "\x00",
)  # fmt: skip
NUMBERS = (
    "20261122-1042", "202611221042", " 2026 1122 1042 ", "２０２６１１２２—１０４２",
    "2026-11-22-1042", "2026.11.22 1042",
)  # fmt: skip
NO_NUMBERS = (
    "", "1042", "20261122-", "20261122-0", "20261122-01042", "x", "20261122-" + "9" * 19,
    "20261122-10a",
)  # fmt: skip


@pytest.mark.parametrize("typed", NO_CODES)
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="eight letters and digits"):
        slip.read_code(typed)


@pytest.mark.parametrize("typed", NUMBERS)
def test_a_number_is_read_as_it_is_meant(typed: str) -> None:
    assert slip.read_number(typed) == Place("2026-11-22", 1042)


@pytest.mark.parametrize("typed", NO_NUMBERS)
def test_what_is_no_number_is_none(typed: str) -> None:
    assert slip.read_number(typed) is None


def test_a_subject_is_the_first_sentence_or_as_much_as_makes_one() -> None:
    assert first_words("路灯坏了。晚上看不清。") == "路灯坏了"
    assert first_words("\n\n 路灯坏了\n晚上看不清") == "路灯坏了"
    assert first_words("。！") == "。！"
    assert first_words("灯" * 100) == "灯" * TITLE + "…"

"""What a text can be found by: pairs of neighbouring characters where words are not set apart, as
in Chinese, and whole words where they are."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 2_000  # characters of a text, from its beginning
WORD = 40
HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
RUNS = re.compile(f"(?P<han>[{HAN}]+)|[^\\W_{HAN}]+")


def grams(text: str) -> frozenset[str]:
    """The grams of a text; capital and wide letters are as small and narrow ones.

    A text holds all grams of each part of it that stands between two signs. A single Chinese
    character has none.
    """
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).casefold()
    found: set[str] = set()
    for run in RUNS.finditer(plain):
        word = run.group()
        if run.group("han"):
            found.update(word[at : at + 2] for at in range(len(word) - 1))
        else:
            found.add(word[:WORD])
    return frozenset(found)

"""What is not shown to the outside: no small count, and none that a subtraction would give away."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.dashboard.measures.hiding import FAMILIES, family_of, hidden, small
from services.dashboard.measures.rules_2026_1 import BOOK

FAMILY = family_of("resolved")
FEW = st.integers(0, 12)
LINE = st.tuples(FEW, FEW, st.integers(0, 40)).map(
    lambda parts: {
        "resolved": parts[0],
        "satisfied": parts[1],
        "called_back": max(parts[0], parts[1]) + parts[2],
    }
)
LINES = st.dictionaries(st.sampled_from("abcdefghij"), LINE, max_size=10)


def _cells(line: Mapping[str, int]) -> list[int]:
    whole = line["called_back"]
    return [
        whole,
        line["resolved"],
        line["satisfied"],
        whole - line["resolved"],
        whole - line["satisfied"],
    ]


@given(LINES, st.integers(1, 4))
def test_nothing_small_is_shown_or_can_be_subtracted(
    lines: dict[str, dict[str, int]], streets: int
) -> None:
    above = {code: f"{ord(code) % streets}" for code in lines}
    found = hidden(lines, above, FAMILY)
    assert all(not small(count) for code in lines.keys() - found for count in _cells(lines[code]))
    for group in ({*lines}, *({c for c in lines if above[c] == one} for one in above.values())):
        gone = group & found
        if not gone or gone == group:
            continue  # there is nothing to subtract, or nothing to subtract from
        sums = [sum(column) for column in zip(*(_cells(lines[code]) for code in gone), strict=True)]
        assert len(gone) > 1
        assert not any(small(count) for count in sums)


@given(LINES)
def test_where_no_count_is_small_all_is_shown(lines: dict[str, dict[str, int]]) -> None:
    large = {code: {name: 10 * count for name, count in one.items()} for code, one in lines.items()}
    assert hidden(large, dict.fromkeys(large, "d"), FAMILY) == frozenset()


def test_the_smallest_neighbour_is_hidden_too() -> None:
    lines = {code: {"filed": count} for code, count in {"a": 3, "b": 40, "c": 9, "e": 70}.items()}
    assert hidden(lines, dict.fromkeys(lines, "d"), ("filed",)) == {"a", "c"}
    apart = {"a": "s1", "b": "s1", "c": "s2", "e": "s2"}
    assert hidden(lines, apart, ("filed",)) == {"a", "b"}


@pytest.mark.parametrize("count", [0, 1, 4, 5])
def test_from_one_to_four_is_small(count: int) -> None:
    assert small(count) == (count in (1, 4))


def test_every_measure_belongs_to_a_family() -> None:
    for one in BOOK.measures:
        assert family_of(one.among or one.code)
        if one.among:
            assert {one.among, *one.counts} <= {*family_of(one.among)}
    names = [name for family in FAMILIES for name in family]
    assert len(names) == len({*names})

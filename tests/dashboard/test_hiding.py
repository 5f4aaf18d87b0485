"""What is not shown to the outside: no small count, and none that a subtraction would give away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
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


def _summed(lines: Iterable[Mapping[str, int]]) -> dict[str, int]:
    held = list(lines)
    return {name: sum(line[name] for line in held) for name in FAMILY}


def _told(known: Iterable[Collection[str]], asked: Collection[str], codes: Sequence[str]) -> bool:
    """Whether a sum over `asked` follows from the sums over the known sets: by elimination."""
    rows = [[Fraction(code in one) for code in codes] for one in known]
    wanted = [Fraction(code in asked) for code in codes]
    for column in range(len(codes)):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows = [_less(row, pivot, column) for row in rows]
        wanted = _less(wanted, pivot, column)
    return not any(wanted)


def _less(row: list[Fraction], pivot: list[Fraction], column: int) -> list[Fraction]:
    times = row[column] / pivot[column]
    return [one - times * other for one, other in zip(row, pivot, strict=True)]


@settings(max_examples=500, deadline=None)
@given(LINES, st.integers(1, 4))
def test_nothing_small_can_be_found_by_adding_and_subtracting(
    lines: dict[str, dict[str, int]], streets: int
) -> None:
    """Of the communities and of the streets they lie in, each compared on a page of its own."""
    above = {code: f"s{ord(code) % streets}" for code in lines}
    within = {one: [code for code in lines if above[code] == one] for one in above.values()}
    wider = {one: _summed(lines[code] for code in codes) for one, codes in within.items()}
    gone = hidden(lines, {code: (one,) for code, one in above.items()}, FAMILY)
    shut = hidden(wider, dict.fromkeys(wider, ()), FAMILY)
    known = [{code} for code in lines.keys() - gone]
    known += [set(within[one]) for one in wider.keys() - shut] + [{*lines}]
    if any(map(small, _cells(_summed(lines.values())))):
        return  # then the whole is not shown either, and every line may be hidden
    for codes in [{code} for code in lines] + [set(codes) for codes in within.values()]:
        if any(map(small, _cells(_summed(lines[code] for code in codes)))):
            assert not _told(known, codes, [*lines])


@given(LINES)
def test_where_nothing_is_small_all_is_shown(lines: dict[str, dict[str, int]]) -> None:
    large = {code: {name: 10 * count for name, count in one.items()} for code, one in lines.items()}
    assert hidden(large, dict.fromkeys(large, ()), FAMILY) == frozenset()


def test_the_smallest_neighbour_is_hidden_too() -> None:
    lines = {code: {"filed": count} for code, count in {"a": 3, "b": 40, "c": 9, "e": 70}.items()}
    assert hidden(lines, dict.fromkeys(lines, ()), ("filed",)) == {"a", "c"}
    apart = {"a": ("s1",), "b": ("s1",), "c": ("s2",), "e": ("s2",)}
    assert hidden(lines, apart, ("filed",)) == {"a", "b"}


def test_a_street_that_is_hidden_for_another_does_not_give_it_away() -> None:
    lines = {code: {"filed": count} for code, count in {"a": 1, "b": 6, "c": 30, "e": 50}.items()}
    paths = {"a": ("s1",), "b": ("s2",), "c": ("s2",), "e": ("s3",)}
    assert hidden(lines, paths, ("filed",)) == {"a", "b"}


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

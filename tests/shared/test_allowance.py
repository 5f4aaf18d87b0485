"""A minute's worth of requests at once, then as they come; whoever is refused is told when."""

from __future__ import annotations

import pytest

from shared.runtime.web.allowance import Allowance
from shared.runtime.web.problems import Problem


class Clock:
    """A clock that stands still until it is told."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def _taken(allowance: Allowance) -> int:
    """How many are taken before one is refused."""
    for number in range(10_000):
        try:
            allowance.take()
        except Problem:
            return number
    raise AssertionError("nothing was ever refused")


def test_a_minutes_worth_is_taken_at_once_and_no_more() -> None:
    assert _taken(Allowance(30, Clock())) == 30


def test_what_was_taken_comes_back_with_time_and_never_more_than_a_minutes_worth() -> None:
    clock = Clock()
    allowance = Allowance(30, clock)
    assert _taken(allowance) == 30
    clock.now += 10
    assert _taken(allowance) == 5
    clock.now += 86_400
    assert _taken(allowance) == 30


def test_whoever_comes_again_when_told_is_taken() -> None:
    clock = Clock()
    allowance = Allowance(4, clock)
    _taken(allowance)
    clock.now += 3
    with pytest.raises(Problem) as refused:
        allowance.take()
    assert (refused.value.status, refused.value.code) == (429, "too_often")
    assert refused.value.headers == {"retry-after": "12"}
    clock.now += 12
    allowance.take()

"""The movements of one place, summed up so that every figure of a stretch of days can be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import get_args

from services.dashboard.measures.book import Measure, Movement
from services.dashboard.measures.days import first_of_month, text_of

MOVEMENTS: Sequence[Movement] = get_args(Movement)
BEFORE = ""
NONE: Sequence[int] = [0] * len(MOVEMENTS)
Sums = Mapping[str, Sequence[int]]


@dataclass(frozen=True)
class Rate:
    """A part of a whole, in thousandths rounded half up; None of nothing."""

    numerator: int
    denominator: int

    @property
    def per_mille(self) -> int | None:
        """The rate."""
        if self.denominator == 0:
            return None
        return (2_000 * self.numerator + self.denominator) // (2 * self.denominator)


class Ledger:
    """Reads figures of the days from the one after `first` up to `last`.

    `sums` has the movements in the order of MOVEMENTS: of every day after `first`, of every day of
    the month of `last`, and under BEFORE of all that was before that month.
    """

    def __init__(self, first: int, last: int, sums: Sums) -> None:
        self._first = first
        self._running = _running(first, last, sums)

    def until(self, movement: Movement, day: int) -> int:
        """All of it up to the end of this day."""
        return self._running[movement][day - self._first]

    def value(self, measure: Measure, day: int, window: int = 1) -> int:
        """A stock at the end of this day; a flow, or the numerator of a rate, of so many days up
        to this one."""
        total = 0
        for movement, sign in measure.counts.items():
            total += sign * self.until(movement, day)
            if measure.kind != "stock":
                total -= sign * self.until(movement, day - window)
        return total

    def rate(self, measure: Measure, day: int, window: int) -> Rate:
        """A rate over so many days up to this one."""
        assert measure.among is not None
        among = self.until(measure.among, day) - self.until(measure.among, day - window)
        return Rate(self.value(measure, day, window), among)


def _running(first: int, last: int, sums: Sums) -> dict[Movement, list[int]]:
    """What each movement had come to by the end of `first`, and of each day after it."""
    begun = first_of_month(last)
    day_by_day = [sums.get(text_of(day), NONE) for day in range(min(begun, first + 1), last + 1)]
    month = zip(sums.get(BEFORE, NONE), *day_by_day[begun - last - 1 :], strict=True)
    daily = zip(NONE, *day_by_day[first - last :], strict=True)
    running = {}
    for movement, came, (_, *added) in zip(MOVEMENTS, map(sum, month), daily, strict=True):
        running[movement] = list(accumulate(added, initial=came - sum(added)))
    return running

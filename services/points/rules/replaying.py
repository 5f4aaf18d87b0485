"""What rules would have given one account for what it did: the rule of limits, deed by deed in the
order in which they came. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from services.points.rules.book import PointsRules
from services.points.rules.granting import Counted, count, granted


class Done(NamedTuple):
    """`quantity` times, or minutes, of what was called `reason` on a day; it brought `points`."""

    reason: str
    quantity: int
    day: str
    points: int


class Replay:
    """These rules, to be tried on one account after the other. No limit reaches past a month: what
    is told of whole months is all that counts."""

    def __init__(self, rules: PointsRules) -> None:
        self._rules = rules
        self._giving = {one.code: one for one in rules.reasons if not one.taken}

    def gives(self, reason: str) -> bool:
        """Whether points are given for it."""
        return reason in self._giving

    def __call__(self, deeds: Iterable[Done]) -> list[int]:
        """The points for each deed of an account; nothing for what these rules do not know."""
        so_far, given = Counted(), []
        for reason, quantity, day, _ in deeds:
            known, points = self._giving.get(reason), 0
            if known is not None:
                points = granted(self._rules, known, (quantity, day), so_far).points
                count(so_far, reason, day, points)
            given.append(points)
        return given

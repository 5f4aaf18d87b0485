"""How many points a deed brings, under the limits of the rules. Pure; the preview of new rules
replays it over what was done."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from services.points.rules.book import PointsRules, Reason

HOUR = 60  # minutes
# What an account was given so far: by reason, or "" for all of them, and day or month.
Counted = Counter[tuple[str, str]]


class Granted(NamedTuple):
    """Points that a deed brings, and those that went past a limit."""

    points: int
    over: int


def granted(rules: PointsRules, reason: Reason, done: tuple[int, str], so_far: Counted) -> Granted:
    """What `done`, a quantity (times, or minutes) on a day, brings to an account that was given
    `so_far`."""
    quantity, day = done
    amount = worth(reason, quantity)
    rooms = [
        limit - so_far[key]
        for limit, key in (
            (reason.daily, (reason.code, day)),
            (reason.monthly, (reason.code, day[:7])),
            (rules.daily, ("", day)),
            (rules.monthly, ("", day[:7])),
        )
        if limit is not None
    ]
    points = max(0, min([amount, *rooms]))
    return Granted(points, amount - points)


def worth(reason: Reason, quantity: int) -> int:
    """The points for so many times, or minutes, where there is no limit; hours that are begun
    count for their share, rounded down."""
    return quantity * reason.points // (HOUR if reason.unit == "hour" else 1)


def count(so_far: Counted, reason: str, day: str, points: int) -> None:
    """Note that an account was given these."""
    for key in ((reason, day), (reason, day[:7]), ("", day), ("", day[:7])):
        so_far[key] += points

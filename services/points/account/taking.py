"""From which lots points are taken, and what pays a debt first."""

from __future__ import annotations

from collections.abc import Iterable

from services.points.account.events import Part
from services.points.account.state import Lot
from shared.core.messages import Rejected


def taken(lots: Iterable[Lot], points: int) -> tuple[Part, ...]:
    """So many points from these lots in their order, or as many as they have."""
    parts = []
    for lot in lots:
        some = min(lot.left, points)
        if some > 0:
            parts.append(Part(lot=lot.number, points=some))
            points -= some
    return tuple(parts)


def without(parts: Iterable[Part], points: int) -> tuple[Part, ...]:
    """What is left of these parts when so many points are taken off them in their order."""
    left = []
    for part in parts:
        off = min(part.points, points)
        points -= off
        if part.points > off:
            left.append(Part(lot=part.lot, points=part.points - off))
    return tuple(left)


def sum_of(parts: Iterable[Part]) -> int:
    """The points of these parts."""
    return sum(part.points for part in parts)


def positive(points: int) -> None:
    """Raises Rejected for what is none."""
    if points <= 0:
        raise Rejected("points_not_positive", "name at least one point", "points")

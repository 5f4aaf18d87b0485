"""By how much an event changes what is in lots, what is put aside and what is owed. Pure."""

from __future__ import annotations

from typing import NamedTuple, assert_never

from services.points.account.events import (
    PointsCapped,
    PointsCarriedOver,
    PointsDeducted,
    PointsEarned,
    PointsEvent,
    PointsExpired,
    PointsHeld,
    PointsReceived,
    PointsRedeemed,
    PointsRefunded,
    PointsReleased,
    PointsReversed,
    PointsTransferred,
)
from services.points.account.taking import sum_of


class Moved(NamedTuple):
    """`amount` came (+) or went (-) in all: it is `free` and `held` less `debt`."""

    amount: int
    free: int = 0
    held: int = 0
    debt: int = 0


def moved(event: PointsEvent) -> Moved:  # noqa: PLR0911 - one arm a kind of event
    """The changes, in points."""
    match event:
        case PointsEarned() | PointsReceived() | PointsRefunded():
            return Moved(event.points, free=event.points - event.repaid, debt=-event.repaid)
        case PointsCapped() | PointsCarriedOver():
            return Moved(0)
        case PointsHeld(points=points):
            return Moved(0, free=-points, held=points)
        case PointsReleased(points=points, parts=parts, lapsed=lapsed, repaid=repaid):
            return Moved(-sum_of(lapsed), free=sum_of(parts), held=-points, debt=-repaid)
        case PointsRedeemed(points=points):
            return Moved(-points, held=-points)
        case PointsReversed(points=points, owed=owed):
            return Moved(-points, free=owed - points, debt=owed)
        case PointsDeducted() | PointsExpired() | PointsTransferred():
            return Moved(-event.points, free=-event.points)
        case _:
            assert_never(event)

"""What of some lots is gone after their last day, and what goes on. `ending` says the same when
it happens; this says it before. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from services.points.account.state import Lot


def going_on(lots: Iterable[Lot]) -> Mapping[int, int]:
    """By the number of a lot, how many of its points go on when its last day is over: of the lots
    of one day the youngest first, as far as their rules let them."""
    days: dict[str, list[Lot]] = defaultdict(list)
    for lot in lots:
        if lot.carry is not None and lot.expires is not None:
            days[lot.expires].append(lot)
    found: dict[int, int] = {}
    for due in days.values():
        room = max(one.carry.points for one in due if one.carry)
        for lot in sorted(due, key=lambda one: -one.number):
            found[lot.number] = min(lot.left, room)
            room -= found[lot.number]
    return found

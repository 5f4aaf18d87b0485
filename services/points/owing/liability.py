"""What the communities owe, put together from what each place has and what a point is worth
there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.points.homing import community_of
from services.points.queries.outstanding import Stood
from services.points.rules.book import PointsRules
from services.points.service import PointsService

# Months since points came in: from here on, up to the next.
AGES = (0, 3, 6, 12, 24)
SUMMED = ("accounts", "held", "debt")


@dataclass
class Community:
    """The sums of one, and the rules in force there."""

    territory: str
    rules: PointsRules
    accounts: int = 0
    held: int = 0
    debt: int = 0
    months: dict[str, int] = field(default_factory=lambda: defaultdict(int))


async def communities(service: PointsService, stood: Stood, moment: datetime) -> list[Community]:
    """One for each community of today with any account."""
    shelf = await service.books.fresh()
    found: dict[str, Community] = {}
    for row in stood.sums:
        code = community_of(service, row["territory"])
        if code not in found:
            found[code] = Community(code, shelf.in_force(service.above(code), moment))
        one = found[code]
        for name in SUMMED:
            setattr(one, name, getattr(one, name) + row[name])
        if row["free"]:
            one.months[row["month"]] += row["free"]
    return list(found.values())


def told(one: Community, day: str) -> dict[str, Any]:
    """A line of the answer."""
    free, fen = sum(one.months.values()), one.rules.fen
    return {
        "territory": one.territory,
        **{name: getattr(one, name) for name in SUMMED},
        "free": free,
        "outstanding": free + one.held,
        "fen": (free + one.held) * fen,
        "point_fen": fen,
        "ages": ages(one.months.items(), day),
    }


def whole(territory: str, items: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """All lines together."""
    names = (*SUMMED, "free", "outstanding", "fen")
    worths = {item["point_fen"] for item in items}
    return {
        "territory": territory,
        **{name: sum(item[name] for item in items) for name in names},
        "point_fen": worths.pop() if len(worths) == 1 else None,
        "ages": [sum(item["ages"][place] for item in items) for place in range(len(AGES))],
    }


def ages(months: Iterable[tuple[str, int]], day: str) -> list[int]:
    """The points by age on that day."""
    sums = [0] * len(AGES)
    for month, points in months:
        old = max(0, _number(day) - _number(month))
        sums[max(place for place, since in enumerate(AGES) if since <= old)] += points
    return sums


def _number(day: str) -> int:
    return int(day[:4]) * 12 + int(day[5:7])

"""Territories side by side: what moved in each over a stretch of days, and what was open at its
end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.dashboard.measures import days
from services.dashboard.measures.ledger import MOVEMENTS, NONE
from services.dashboard.queries import movements
from services.dashboard.queries.movements import Where
from services.dashboard.queries.sheets import Sheets
from shared.store.pool import Connection

CAME, STOOD, BOTH = "came", "stood", "both"


@dataclass(frozen=True)
class Stretch:
    """The days from `first` to `last`, both included."""

    first: int
    last: int


@dataclass(frozen=True)
class Moved:
    """What moved in a place over the stretch, and all that had moved by its end."""

    came: Mapping[str, int]
    stood: Mapping[str, int]


async def read(
    connection: Connection,
    where: Where,
    stretch: Stretch,
    early: int | None,
    sheets: Sheets | None = None,
) -> dict[str, Moved]:
    """The movements of each place with any, in one statement. There is nothing before the day
    `early`, and nothing at all without one."""
    if early is None:
        return {}
    found = await movements.read(connection, where, _labels(early, stretch), sheets)
    return {place: Moved(_sum(sums, CAME), _sum(sums, STOOD)) for place, sums in found.items()}


NOTHING = Moved(dict(zip(MOVEMENTS, NONE, strict=True)), dict(zip(MOVEMENTS, NONE, strict=True)))


def _sum(sums: Mapping[str, Sequence[int]], label: str) -> dict[str, int]:
    lines = sums.get(label, NONE), sums.get(BOTH, NONE)
    return {name: a + b for name, a, b in zip(MOVEMENTS, *lines, strict=True)}


def _labels(early: int, stretch: Stretch) -> dict[str, str]:
    """What each period is read for."""
    stood = set(days.cover(early, stretch.last))
    came = set(days.cover(max(early, stretch.first), stretch.last))
    return {
        period: BOTH if period in came & stood else CAME if period in came else STOOD
        for period in sorted(came | stood)
    }

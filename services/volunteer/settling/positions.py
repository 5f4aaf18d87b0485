"""From payments between places to positions of communities. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from services.volunteer.clearing.events import Position
from shared.core.atlas.boundaries import Boundaries


@dataclass(frozen=True)
class Settled:
    """A month: what each community gave and took across its own bounds, and between which two;
    `inside` are the minutes that stayed within one."""

    lines: tuple[Position, ...]
    pairs: tuple[tuple[str, str, int], ...]
    inside: int


def settled(paid: Iterable[Mapping[str, Any]], boundaries: Boundaries) -> Settled:
    """These payments under these boundaries; each pair is (who owes, whom, minutes)."""
    between: Counter[tuple[str, str]] = Counter()
    for line in paid:
        pair = _community(boundaries, line["home"]), _community(boundaries, line["served"])
        between[pair] += line["minutes"]
    gave: Counter[str] = Counter()
    took: Counter[str] = Counter()
    inside = 0
    for (home, served), minutes in between.items():
        if home == served:
            inside += minutes
            continue
        took[home] += minutes
        gave[served] += minutes
    lines = tuple(
        Position(community=code, gave=gave[code], took=took[code])
        for code in sorted({*gave, *took})
    )
    return Settled(lines, _netted(between), inside)


def _netted(between: Mapping[tuple[str, str], int]) -> tuple[tuple[str, str, int], ...]:
    """What one owes the other once each has set off what it is owed."""
    found = []
    for one, other in sorted({(min(pair), max(pair)) for pair in between if pair[0] != pair[1]}):
        owed = between.get((one, other), 0) - between.get((other, one), 0)
        if owed:
            found.append((one, other, owed) if owed > 0 else (other, one, -owed))
    return tuple(found)


def _community(boundaries: Boundaries, code: str) -> str:
    try:
        return boundaries.at_level(code, "community") or code
    except KeyError:  # the map has not brought it yet
        return code

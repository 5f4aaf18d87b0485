"""What is not shown to the outside: small counts, and others so that no sum gives these away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from services.dashboard.measures.rules_2026_1 import BOOK

# What is hidden together: the first is the whole of the others, so who knows some knows the rest.
FAMILIES: Sequence[Sequence[str]] = (
    ("response_due", "responded"),
    ("called_back", "resolved", "satisfied"),
    ("closed", "first_pass"),
    ("open", "overdue"),
    ("filed",),
    ("reopened",),
    ("declined",),
)

Counts = Mapping[str, int]


def family_of(name: str) -> Sequence[str]:
    """What is hidden together with this."""
    return next(family for family in FAMILIES if name in family)


def hidden(
    lines: Mapping[str, Counts], above: Mapping[str, str], family: Sequence[str]
) -> frozenset[str]:
    """The lines whose counts of a family are not shown.

    Those with a small count, and further ones, the smallest first, until what is hidden cannot be
    told from the sum of all, nor from that of all that lie in the same territory `above`.
    """
    cells = {code: _cells(line, family) for code, line in lines.items()}
    groups: dict[str, list[str]] = defaultdict(list)
    for code in lines:
        groups[above[code]].append(code)
    found = {code for code, line in lines.items() if has_small(line, family)}
    for group in (*groups.values(), list(lines)):
        found |= _guarded({code: cells[code] for code in group}, found)
    return frozenset(found)


def has_small(line: Counts, family: Sequence[str]) -> bool:
    """Whether a count of this family, or what it leaves of its whole, is small."""
    return any(small(count) for count in _cells(line, family))


def small(count: int) -> bool:
    """Whether a count could be about somebody."""
    return 0 < count < BOOK.small


def _guarded(cells: Mapping[str, Sequence[int]], found: Collection[str]) -> set[str]:
    """Those of `found` that are here, and as many more as it takes."""
    taken = {code for code in cells if code in found}
    if not taken:
        return taken
    others = sorted(cells.keys() - taken, key=lambda code: (cells[code], code))
    for code in others:
        sums = [sum(column) for column in zip(*(cells[one] for one in taken), strict=True)]
        if not any(small(count) for count in sums):
            break
        taken.add(code)
    return taken


def _cells(line: Counts, family: Sequence[str]) -> list[int]:
    """The counts of a family, and what of the whole each part leaves."""
    whole, *parts = (line[name] for name in family)
    return [whole, *parts, *(whole - part for part in parts)]

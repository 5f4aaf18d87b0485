"""What is not shown to the outside: small counts, and others so that no sum gives these away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

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
Cells = Sequence[int]
# What a line lies in, the widest first, below the territory that is compared as a whole.
Path = tuple[str, ...]
Line = TypeVar("Line", str, Path)


def family_of(name: str) -> Sequence[str]:
    """What is hidden together with this."""
    return next(family for family in FAMILIES if name in family)


def hidden(
    lines: Mapping[str, Counts], paths: Mapping[str, Path], family: Sequence[str]
) -> frozenset[str]:
    """The lines whose counts of a family are not shown.

    Those with a small count, and further ones, the smallest first, until what is hidden cannot be
    told from the sum of all, nor from those of the territories on the lines' paths that a
    comparison of these would show.
    """
    return frozenset(_divided({c: _cells(line, family) for c, line in lines.items()}, paths)[1])


def has_small(line: Counts, family: Sequence[str]) -> bool:
    """Whether a count of this family, or what it leaves of its whole, is small."""
    return any(small(count) for count in _cells(line, family))


def small(count: int) -> bool:
    """Whether a count could be about somebody."""
    return 0 < count < BOOK.small


def _divided(
    cells: Mapping[Line, Cells], paths: Mapping[Line, Path]
) -> tuple[dict[Line, Path], set[Line]]:
    """The lines in groups that have nothing in common and whose sums are known; those hidden.

    The lines of a territory that is shown are a group; those of territories that are hidden
    together are one.
    """
    groups: dict[Line, Path] = dict.fromkeys(cells, ())
    above = {path: _sums(cells[c] for c in cells if paths[c] == path) for path in paths.values()}
    above.pop((), None)
    if above:
        wider, shut = _divided(above, {path: path[:-1] for path in above})
        groups |= {c: wider[paths[c]] if paths[c] in shut else paths[c] for c in cells if paths[c]}
    found: set[Line] = set()
    for group in {*groups.values()}:
        found |= _guarded({line: cells[line] for line in cells if groups[line] == group})
    return groups, found


def _guarded(cells: Mapping[Line, Cells]) -> set[Line]:
    """Those with a small count, and as many more as it takes to hide them in their sums."""
    taken = {line for line in cells if any(map(small, cells[line]))}
    if not taken:
        return taken
    for line in sorted(cells.keys() - taken, key=lambda line: (cells[line], line)):
        if not any(map(small, _sums(cells[one] for one in taken))):
            break
        taken.add(line)
    return taken


def _sums(cells: Iterable[Cells]) -> Cells:
    return [sum(column) for column in zip(*cells, strict=True)]


def _cells(line: Counts, family: Sequence[str]) -> Cells:
    """The counts of a family, and what of the whole each part leaves."""
    whole, *parts = (line[name] for name in family)
    return [whole, *parts, *(whole - part for part in parts)]

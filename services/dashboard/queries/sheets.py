"""Sums that have been read, kept for as long as they stand."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

# Lines of about 300 bytes.
MOST = 100_000


@dataclass(frozen=True)
class Sheet:
    """The sums of one period: a line for each part with any. They stand as long as the `stamp` of
    the period does; None is that of a period in which nothing ever moved."""

    stamp: int | None
    lines: dict[str, Sequence[int]] = field(default_factory=dict)


class Sheets:
    """The sheets of what was asked for last: MOST lines, or a little more while one is asked."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, dict[str, Sheet]] = OrderedDict()
        self._lines = 0

    def of(self, name: Hashable, periods: Iterable[str]) -> dict[str, Sheet]:
        """What is known of these periods under this name; it may have moved since."""
        kept = self._kept.get(name, {})
        return {period: kept[period] for period in periods if period in kept}

    def keep(self, name: Hashable, found: Mapping[str, Sheet]) -> None:
        """Keep these; whatever has not been asked for the longest goes."""
        kept = self._kept.setdefault(name, {})
        self._kept.move_to_end(name)
        self._lines -= sum(_size(kept[period]) for period in found if period in kept)
        self._lines += sum(map(_size, found.values()))
        kept.update(found)
        while self._lines > self._most and len(self._kept) > 1:
            _, gone = self._kept.popitem(last=False)
            self._lines -= sum(map(_size, gone.values()))


def _size(sheet: Sheet) -> int:
    return 1 + len(sheet.lines)

"""The rules there are, and which of them are in force where and when. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.points.rules.book import PointsRules
from services.points.rules.book_2026_1 import BOOK
from shared.core.in_force import in_force


@dataclass(frozen=True)
class Shelf:
    """`versions` in the order in which they were published, after those that everybody begins
    with."""

    versions: tuple[PointsRules, ...] = (BOOK,)

    def in_force(self, above: Sequence[str], moment: datetime) -> PointsRules:
        """The rules of a place, given with all that it lies in, the narrowest first; those that
        everybody begins with where no others have started."""
        return in_force(self.versions, above, moment) or BOOK

    def of(self, version: str) -> PointsRules | None:
        """The rules of this version, whenever they start; None where there are none."""
        return next((one for one in self.versions if one.version == version), None)

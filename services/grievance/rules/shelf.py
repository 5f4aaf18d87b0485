"""The rule books there are, and which of them is in force where and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.grievance.rules.book import RuleBook
from services.grievance.rules.book_2026_1 import BOOK
from shared.core.in_force import in_force


@dataclass(frozen=True)
class Shelf:
    """`books` in the order in which they were published, after the one that everybody begins
    with."""

    books: tuple[RuleBook, ...] = (BOOK,)

    def in_force(self, above: Sequence[str], moment: datetime) -> RuleBook:
        """The book of a place, given with all that it lies in, the narrowest first; the one that
        everybody begins with where no other has started."""
        return in_force(self.books, above, moment) or BOOK

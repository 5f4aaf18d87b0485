"""The rule books there are, and which of them is in force where and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from services.grievance.rules.book import RuleBook
from services.grievance.rules.book_2026_1 import BOOK
from shared.core.local_time import day_of


@dataclass(frozen=True)
class Shelf:
    """`books` in the order in which they were published, after the one that everybody begins
    with."""

    books: tuple[RuleBook, ...] = (BOOK,)

    def in_force(self, above: Sequence[str], moment: datetime) -> RuleBook:
        """The book of a place, given with all that it lies in, the narrowest first: of those that
        have started, the one of the narrowest scope; of these the last to start, then the last to
        be published."""
        day = date.fromisoformat(day_of(moment))
        places = [*above, ""]
        started = [
            (-places.index(book.scope), book.starts, number)
            for number, book in enumerate(self.books)
            if book.starts <= day and book.scope in places
        ]
        return self.books[max(started)[2]] if started else BOOK

"""Which rule books were published, and which of them withdrawn."""

from __future__ import annotations

from dataclasses import dataclass

from services.grievance.rules.book import RuleBook


@dataclass(frozen=True)
class Books:
    """`published` in the order in which they were; `withdrawn` are versions of them. `touched` is
    where the last one of which something was told is in force."""

    published: tuple[RuleBook, ...] = ()
    withdrawn: frozenset[str] = frozenset()
    district: str = ""
    touched: str = ""

    def of(self, version: str) -> RuleBook | None:
        """The book of this version; None where none was published."""
        return next((book for book in self.published if book.version == version), None)

    @property
    def standing(self) -> tuple[RuleBook, ...]:
        """Those that were not withdrawn."""
        return tuple(book for book in self.published if book.version not in self.withdrawn)

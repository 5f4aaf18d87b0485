"""The rule books as this process knows them: read from their stream in the service's own log, kept
in memory.

They are the state that publishing itself is decided on, folded further by what is new: one short
query by an index, shared by all who ask while the one before it is under way.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from services.grievance.rule_book.decider import rule_book
from services.grievance.rule_book.state import Books
from services.grievance.rule_book.stream import RULE_BOOKS
from services.grievance.rules.book import RuleBook
from services.grievance.rules.book_2026_1 import BOOK
from services.grievance.rules.shelf import Shelf
from shared.runtime.commands.grouped import Grouped
from shared.store import read
from shared.store.pool import Pool


class RulesCopy:
    """All rule books that were published, and which of them is in force where."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._books = Books()
        self._shelf = Shelf()
        self._version = 0
        self._reads = Grouped(self._read)

    @property
    def books(self) -> Books:
        """What was published and withdrawn, as it was last read."""
        return self._books

    async def fresh(self) -> Shelf:
        """The books, with every one that was published or withdrawn before this was asked, in
        whatever process. No read model is waited for."""
        await self._reads(None)
        return self._shelf

    def in_force(self, above: Sequence[str], moment: datetime) -> RuleBook:
        """The book of a place, as the books were last read."""
        return self._shelf.in_force(above, moment)

    async def aclose(self) -> None:
        """Take no more questions."""
        await self._reads.aclose()

    async def _read(self, asked: Sequence[None]) -> Sequence[None]:
        """What all who ask wait for. Only one is under way at a time."""
        async with self._pool.acquire(timeout=10) as connection:
            rows = await read.stream(connection, RULE_BOOKS, self._version)
        if rows:
            books = self._books
            for row in rows:
                books = rule_book.evolve(books, read.decode(rule_book.events, row).event)
            self._books, self._version = books, rows[-1]["version"]
            self._shelf = Shelf((BOOK, *books.standing))
        return asked

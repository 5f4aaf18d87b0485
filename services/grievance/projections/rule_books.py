"""The rule books that were published: who did it when, and what was withdrawn before it started."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from services.grievance.rule_book.events import RuleBookPublished, RuleBookWithdrawn
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel
from shared.core.state import replace


@dataclass(frozen=True)
class RuleBookRow:
    """One book, the `number`-th thing that happened to the rule books; `content` is all of it, as
    JSON."""

    book_id: UUID
    number: int
    version: str
    published_at: datetime
    published_by: str
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    content: str


def key(recorded: Recorded[Any]) -> UUID:
    """A version is there once, and what is told of it names it."""
    event = recorded.event
    version = event.book.version if isinstance(event, RuleBookPublished) else event.version
    return UUID(bytes=sha256(version.encode()).digest()[:16])


def fold(row: RuleBookRow | None, recorded: Recorded[Any]) -> RuleBookRow | None:
    """The book after the event."""
    event = recorded.event
    if isinstance(event, RuleBookPublished):
        return RuleBookRow(
            book_id=key(recorded),
            number=recorded.version,
            version=event.book.version,
            published_at=recorded.occurred_at,
            published_by=recorded.actor,
            withdrawn_at=None,
            withdrawn_by=None,
            content=event.book.model_dump_json(),
        )
    return row and replace(row, withdrawn_at=recorded.occurred_at, withdrawn_by=recorded.actor)


rule_books: ReadModel[RuleBookRow, Any] = ReadModel(
    name="rule_books",
    row=RuleBookRow,
    fold=fold,
    key=key,
    of=RuleBookPublished | RuleBookWithdrawn,
)

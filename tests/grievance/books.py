"""Rule books for tests: the one that everybody begins with, with other figures."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from services.grievance.rules.book import RuleBook
from services.grievance.rules.book_2026_1 import BOOK
from shared.core.local_time import day_of

KEEPER: dict[str, Any] = {"sub": "keeper-1", "roles": ("administrator",)}


def today(ahead: int = 0) -> date:
    """The day it is in Beijing, or so many days ahead."""
    return date.fromisoformat(day_of(datetime.now(UTC) + timedelta(days=ahead)))


def book(version: str, **changes: Any) -> RuleBook:
    """The first book under another version and with these figures; it starts today."""
    told = BOOK.model_dump() | {"version": version, "starts": today()} | changes
    return RuleBook.model_validate(told)


def sent(version: str, **changes: Any) -> dict[str, Any]:
    """Such a book as a client sends it."""
    return {"book": BOOK.model_dump(mode="json") | {
        "version": version, "starts": today().isoformat(), **changes
    }}  # fmt: skip

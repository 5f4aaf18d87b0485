"""What clients send about rule books: they take effect as they are sent, never late."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path

from services.grievance.rules.book import VERSION, RuleBook
from shared.runtime.web.forms import Sent


class Publication(Sent):
    """Let this book be in force from the day on which it starts, in its scope and below it; in the
    whole district where that is empty. A book that started stays as it is for ever."""

    book: RuleBook


class Withdrawn(Sent):
    """Let a book that has not started never start."""


Version = Annotated[str, Path(pattern=VERSION, description="As it was published: `2026.1`")]

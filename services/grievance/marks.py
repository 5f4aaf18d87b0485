"""Where the next page of a list begins, as an opaque word."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from shared.runtime.web.problems import Problem


def filed_mark(row: Mapping[str, Any]) -> str:
    """Behind this row of a list that shows the latest petition first."""
    return _closed(row["raised_at"].isoformat(), row["case_id"])


def due_mark(row: Mapping[str, Any]) -> str:
    """Behind this row of a list that shows what is due first first."""
    return _closed(row["due"], row["case_id"])


def ended_mark(row: Mapping[str, Any]) -> str:
    """Behind this row of a list that shows the latest notice first."""
    return _closed(row["ended_at"].isoformat(), row["notice_id"])


def read_ended(mark: str | None) -> tuple[datetime, UUID] | None:
    """The inverse of `ended_mark`. Raises Problem (422) for a word that is none."""
    return read_filed(mark)


def read_filed(mark: str | None) -> tuple[datetime, UUID] | None:
    """The inverse of `filed_mark`. Raises Problem (422) for a word that is none."""
    if mark is None:
        return None
    try:
        moment, case_id = _opened(mark)
        parsed = datetime.fromisoformat(moment)
        if parsed.tzinfo is None:
            raise ValueError
        return parsed.astimezone(UTC), case_id
    except (binascii.Error, ValueError, OverflowError) as fault:
        raise _none() from fault


def read_due(mark: str | None) -> tuple[str, UUID] | None:
    """The inverse of `due_mark`. Raises Problem (422) for a word that is none."""
    if mark is None:
        return None
    try:
        day, case_id = _opened(mark)
        return date.fromisoformat(day).isoformat(), case_id
    except (binascii.Error, ValueError) as fault:
        raise _none() from fault


def _closed(place: str, case_id: UUID) -> str:
    return base64.urlsafe_b64encode(f"{place} {case_id}".encode()).decode().rstrip("=")


def _opened(mark: str) -> tuple[str, UUID]:
    padded = mark + "=" * (-len(mark) % 4)
    place, _, case_id = base64.urlsafe_b64decode(padded).decode().partition(" ")
    return place, UUID(case_id)


def _none() -> Problem:
    errors = [{"detail": "not a mark of a page", "pointer": "/after"}]
    detail = "pass `next` of the page before as `after`"
    return Problem(422, "bad_page_mark", detail, errors=errors)

"""Where an honour is in the log: one stream for one honour of one holder and year, so that nobody
is nominated for it twice."""

from __future__ import annotations

from uuid import UUID

from shared.core.derived import derived


def honour_of(code: str, holder: str, year: int) -> UUID:
    """The stream of the honour that the rules call so, for this year; `holder` is an id, or the
    code of a territory."""
    return derived("honour", code, holder, str(year))


def honour_titled(title: str, holder: str, day: str) -> UUID:
    """The stream of an honour that was granted on this day under a title that no rules have."""
    return derived("honour-from-before", title, holder, day)

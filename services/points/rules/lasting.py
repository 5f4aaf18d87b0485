"""From which day to which day points may be spent. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from services.points.account.events import Carry
from services.points.rules.book import Expiry


class Lasting(NamedTuple):
    """The first and the last day of a lot, None where there is none, and what goes on after it."""

    opens: str | None
    expires: str | None
    carry: Carry | None


def lasting(expiry: Expiry, today: str) -> Lasting:
    """How long points last that are given today."""
    first = date.fromisoformat(today) + timedelta(days=expiry.locked)
    opens = first.isoformat() if expiry.locked else None
    if expiry.mode == "never":
        return Lasting(opens, None, None)
    if expiry.days is not None:
        return Lasting(opens, (first + timedelta(days=expiry.days)).isoformat(), None)
    months = 1 if expiry.mode == "month_end" else 12
    last = _end(first, months)
    carry = None
    if expiry.carry:
        until = _end(last + timedelta(days=1), months)
        carry = Carry(points=expiry.carry, until=until.isoformat())
    return Lasting(opens, last.isoformat(), carry)


def later(day: str, days: int) -> str:
    """So many days after that day."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def _end(day: date, months: int) -> date:
    """The last day of its month, or of its year."""
    month = day.month if months == 1 else 12
    following = date(day.year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)

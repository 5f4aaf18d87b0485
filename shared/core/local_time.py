"""Days and months as the district counts them: in Beijing time."""

from __future__ import annotations

from datetime import datetime, timedelta

from shared.core.canonical import EPOCH

BEIJING = timedelta(hours=8)  # Asia/Shanghai, but for the summers of 1986 to 1991


def month_of(moment: datetime) -> str:
    """The month it is in Beijing at this moment, such as `2026-05`."""
    local = EPOCH + (moment - EPOCH) + BEIJING
    return f"{local.year:04}-{local.month:02}"


def months_of(first: datetime, last: datetime) -> list[str]:
    """The months from that of one moment to that of another, both in."""
    month, end = month_of(first), month_of(last)
    found = []
    while month <= end:
        found.append(month)
        year, number = int(month[:4]), int(month[5:])
        month = f"{year + number // 12:04}-{number % 12 + 1:02}"
    return found


def day_of(moment: datetime) -> str:
    """The day it is in Beijing at this moment, such as `2026-05-01`."""
    return (EPOCH + (moment - EPOCH) + BEIJING).date().isoformat()


def start_of(day: str) -> datetime:
    """The first moment of this day. Raises ValueError."""
    return end_of(day) - timedelta(days=1)


def end_of(day: str) -> datetime:
    """The first moment that does not belong to this day any more. Raises ValueError."""
    first = datetime.fromisoformat(f"{day}T00:00:00+00:00") - BEIJING
    return EPOCH + (first - EPOCH) + timedelta(days=1)

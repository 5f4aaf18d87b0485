"""How figures and moments are written on a page: days and times of Beijing, digits in groups."""

from __future__ import annotations

from datetime import UTC, datetime

from shared.core.local_time import BEIJING, day_of


def today() -> str:
    """The day it is in Beijing, such as `2026-11-22`."""
    return day_of(datetime.now(UTC))


def number(value: int | None) -> str:
    """`12,345`; a dash for what is not known."""
    return "—" if value is None else f"{value:,}"


def percent(per_mille: float | None) -> str:
    """`87.5%` of 875 thousandths; a dash for what is not known."""
    return "—" if per_mille is None else f"{per_mille / 10:.1f}%"


def share(part: int, whole: int) -> str:
    """`2.9%`: what a part is of a whole; a dash for a part of nothing."""
    return percent(round(part * 1_000 / whole)) if whole else "—"


def local(moment: datetime | str | None, style: str = "minute") -> str:
    """A moment in Beijing time: `2026-11-22 08:30`, to the `second`, or its `day` or `time`."""
    if moment is None:
        return "—"
    known = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    there = (known + BEIJING).replace(tzinfo=None)
    patterns = {"day": "%Y-%m-%d", "time": "%H:%M:%S", "second": "%Y-%m-%d %H:%M:%S"}
    return there.strftime(patterns.get(style, "%Y-%m-%d %H:%M"))


def points(values: list[int | None], width: int = 96, height: int = 28) -> str:
    """The `points` of a small line through these values, left to right, highest at the top."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    low, span = min(known), max(max(known) - min(known), 1)
    step = width / max(len(values) - 1, 1)
    return " ".join(
        f"{place * step:.1f},{height - 2 - (value - low) / span * (height - 4):.1f}"
        for place, value in enumerate(values)
        if value is not None
    )

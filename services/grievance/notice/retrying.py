"""When a notice that did not come through is tried again: seven times, over about a day."""

from __future__ import annotations

from datetime import datetime, timedelta

RETRIES = 7
FIRST = timedelta(seconds=25)
BASE = 4
LONGEST = timedelta(seconds=52_000)


def next_try(failed: int, at: datetime) -> datetime | None:
    """The time of the next try when so many have failed by now; None when that was the last."""
    if failed > RETRIES:
        return None
    wait: timedelta = min(FIRST * BASE ** (failed - 1), LONGEST)
    return at + wait

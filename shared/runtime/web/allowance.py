"""How many requests of a kind a process takes in a minute: what is open to all is not open without
end.

A bucket of tokens. It knows nothing of who asks: behind an entry all look alike, and an address is
a personal value that nothing here needs. Each process has its own, so that no request waits for
another server to be counted.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from time import monotonic

from shared.runtime.web.problems import Problem


class Allowance:
    """So many requests a minute, and a minute's worth at once."""

    def __init__(self, a_minute: int, clock: Callable[[], float] = monotonic) -> None:
        self._most = float(a_minute)
        self._clock = clock
        self._left = self._most
        self._counted = clock()

    def take(self) -> None:
        """Count one request. Raises Problem (429) that says when to come again."""
        now = self._clock()
        self._left = min(self._most, self._left + (now - self._counted) * self._most / 60)
        self._counted = now
        if self._left < 1:
            raise too_often(ceil((1 - self._left) * 60 / self._most))
        self._left -= 1


def too_often(seconds: int) -> Problem:
    """The refusal of what comes too often, for so many seconds."""
    detail = f"too many of these at the moment; try again in {seconds} seconds"
    return Problem(429, "too_often", detail, headers={"retry-after": str(seconds)})

"""An event loop whose time passes only when nobody has anything to do."""

from __future__ import annotations

import asyncio
from typing import Any

# So many turns without a moment passing are an endless loop; so many in all are one too.
STANDSTILL = 20_000
TURNS = 2_000_000


class Restless(BaseException):
    """Something goes round and round."""


class VirtualLoop(asyncio.BaseEventLoop):
    """Runs what is ready, in order; then its clock jumps to the next timer. It has no socket."""

    def __init__(self) -> None:
        super().__init__()
        self._now = 0.0
        self._turns = self._still = 0
        self._selector = self

    def time(self) -> float:
        """Seconds since the world began."""
        return self._now

    def select(self, timeout: float | None) -> list[Any]:
        """Let time pass. Raises Restless when it does not, or has for too long."""
        assert timeout is not None, "everybody waits for ever"
        self._now += timeout
        self._turns += 1
        self._still = 0 if timeout else self._still + 1
        if self._still > STANDSTILL or self._turns > TURNS:
            raise Restless(f"{self._turns} turns, {self._still} of them at {self._now:.3f} s")
        return []

    def _process_events(self, event_list: list[Any]) -> None:
        """Nothing comes from outside."""

    def _write_to_self(self) -> None:
        """Nobody wakes it from outside."""

"""Open-loop clients: each asks at its time, however long the others wait."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import NamedTuple

from bench.figures import Sample
from bench.stage import Window

PATIENCE = 60.0

# To be asked for at this time by the clock.
Act = Callable[[float], Coroutine[None, None, None]]

clock = time.perf_counter


class _Awaited(NamedTuple):
    partition: int
    position: int
    asked: float


class Arrivals:
    """What was asked for and has not been seen yet, and how long each took that was."""

    def __init__(self) -> None:
        self._awaited: list[_Awaited] = []
        self._seen = asyncio.Event()
        self.took: list[tuple[float, float]] = []

    def expect(self, partition: int, position: int, asked: float) -> None:
        """Asked for at that time by the clock, it will be at this place."""
        self._awaited.append(_Awaited(partition, position, asked))
        self._seen.clear()

    def reached(self, partition: int, position: int) -> None:
        """All up to this place in the partition can be seen now."""
        now = clock()
        here = [one for one in self._awaited if one[0] == partition and one[1] <= position]
        if here:
            self.took += [(one.asked, now - one.asked) for one in here]
            self._awaited = [one for one in self._awaited if one not in here]
        if not self._awaited:
            self._seen.set()

    async def all_seen(self, patience: float = PATIENCE) -> None:
        """Return when nothing is awaited. Raises TimeoutError."""
        await asyncio.wait_for(self._seen.wait(), patience)


async def open_loop(window: Window, rate: int, act: Act, arrivals: Arrivals) -> Sample:
    """What was asked for within the window, `rate` times a second, after a warm-up that is not
    counted; each from the time at which it was due to be asked."""
    first = clock()
    begins = first + window.warm
    ends = begins + window.seconds
    async with asyncio.TaskGroup() as group:
        for number in range(int((window.warm + window.seconds) * rate)):
            due = first + number / rate
            await asyncio.sleep(max(0.0, due - clock()))
            group.create_task(act(due))
    await arrivals.all_seen()
    return Sample.of(
        window.seconds, [took for asked, took in arrivals.took if begins <= asked < ends]
    )

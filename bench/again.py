"""The same question again and again, each time taken."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence
from itertools import count

from bench.figures import Sample
from bench.stage import Window


async def again(window: Window, ask: Callable[[], Awaitable[None]]) -> Sample:
    """Again and again for the window, after its warm-up; once at least."""
    await _for(window.warm, ask)
    began = time.perf_counter()
    latencies = await _for(window.seconds, ask)
    return Sample.of(time.perf_counter() - began, latencies)


async def _for(seconds: float, ask: Callable[[], Awaitable[None]]) -> Sequence[float]:
    began, latencies = time.perf_counter(), list[float]()
    for _ in count():
        asked = time.perf_counter()
        await ask()
        latencies.append(time.perf_counter() - asked)
        if time.perf_counter() - began >= seconds:
            break
    return latencies

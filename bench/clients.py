"""Closed-loop clients: each asks again as soon as it was answered."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from bench.figures import Sample
from bench.stage import Window

Act = Callable[[], Awaitable[object]]


async def closed_loop(window: Window, clients: int, act: Act) -> Sample:
    """What `clients` callers see within the window, after a warm-up that is not counted."""
    clock = time.perf_counter
    begins = clock() + window.warm
    ends = begins + window.seconds
    latencies: list[float] = []

    async def caller() -> None:
        while (asked := clock()) < ends:
            await act()
            answered = clock()
            if begins <= answered < ends:
                latencies.append(answered - asked)

    async with asyncio.TaskGroup() as group:
        for _ in range(clients):
            group.create_task(caller())
    return Sample.of(window.seconds, latencies)


async def until_spent(clients: int, acts: list[Act], warm: int) -> Sample:
    """What `clients` callers see who do each act once; the first `warm` are not counted."""
    clock = time.perf_counter
    left = list(reversed(acts))
    latencies: list[float] = []
    answers: list[float] = []

    async def caller() -> None:
        while left:
            act, asked = left.pop(), clock()
            await act()
            answers.append(clock())
            latencies.append(answers[-1] - asked)

    async with asyncio.TaskGroup() as group:
        for _ in range(clients):
            group.create_task(caller())
    return Sample.of(answers[-1] - answers[warm - 1], latencies[warm:])

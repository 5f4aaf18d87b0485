"""Waiting for what must come, with an end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

SECONDS = 30.0
PAUSE = 0.02


async def until(met: Callable[[], Awaitable[bool]], seconds: float = SECONDS) -> None:
    """Return once it is met. Raises TimeoutError."""
    async with asyncio.timeout(seconds):
        while True:
            if await met():
                return
            await asyncio.sleep(PAUSE)


@asynccontextmanager
async def running(
    run: Callable[[asyncio.Event], Awaitable[None]],
) -> AsyncIterator[asyncio.Task[None]]:
    """This runs meanwhile; it is told to stop afterwards, and may be killed by cancelling it."""
    stop = asyncio.Event()

    async def run_on() -> None:
        await run(stop)

    task = asyncio.create_task(run_on())
    try:
        yield task
    finally:
        stop.set()
        with suppress(asyncio.CancelledError):
            await asyncio.wait_for(task, SECONDS)

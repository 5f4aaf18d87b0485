"""What is new, told to every open board at once: one look at the cursor for all who watch."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from contextlib import asynccontextmanager, suppress

import structlog

from shared.store.pool import TRANSIENT

LOOK_SECONDS = 0.1
# Whoever is told asks again: so many a second are told at most, the more watch the less often.
TOLD_A_SECOND = 200
QUIET_SECONDS = 15.0
MOVED = b"event: moved\ndata: now\n\n"

log = structlog.get_logger()


class Live:
    """`moved` says how far the figures have come; it is asked only while someone watches."""

    def __init__(self, moved: Callable[[], Awaitable[Hashable]]) -> None:
        self._moved = moved
        self._news: set[asyncio.Event] = set()
        self._seen: Hashable = None
        self._looking: asyncio.Task[None] | None = None

    async def aclose(self) -> None:
        """Let go of everyone who watches."""
        if self._looking is not None:
            self._looking.cancel()
            with suppress(asyncio.CancelledError):
                await self._looking

    async def watch(self) -> AsyncIterator[bytes]:
        """Server-sent events: `moved` whenever the figures have, a comment while they have not."""
        async with self._watching() as news:
            yield b": here\n\n"
            while True:
                try:
                    await asyncio.wait_for(news.wait(), QUIET_SECONDS)
                except TimeoutError:
                    yield b": quiet\n\n"
                    continue
                news.clear()
                yield MOVED

    @asynccontextmanager
    async def _watching(self) -> AsyncIterator[asyncio.Event]:
        news = asyncio.Event()
        self._news.add(news)
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())
        try:
            yield news
        finally:
            self._news.discard(news)

    async def _look(self) -> None:
        while self._news:
            try:
                seen = await self._moved()
            except TRANSIENT as fault:
                log.warning("live.waits", fault=type(fault).__name__)
                seen = self._seen
            if seen != self._seen:
                self._seen = seen
                for news in self._news:
                    news.set()
            await asyncio.sleep(max(LOOK_SECONDS, len(self._news) / TOLD_A_SECOND))

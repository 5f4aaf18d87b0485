"""A long log hashed again by several processes, each a span of it at a time, told in its order."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections import deque
from collections.abc import AsyncGenerator
from concurrent.futures import ProcessPoolExecutor

from shared.store.pool import connect
from shared.store.tree_files import cut
from shared.store.verify import Broken, Verified, verify

SPAN = 100_000
AHEAD = 2

Found = tuple[int, Broken | None, bytes]


async def verify_in_spans(
    dsn: str, log: str, until: int, processes: int
) -> AsyncGenerator[Verified, None]:
    """As `verify` says it of the log up to `until`, by so many processes, in bounded memory."""
    ends = [*range(SPAN, until, SPAN), until]
    spans = deque(zip([0, *ends], ends, strict=False))
    loop, waiting = asyncio.get_running_loop(), deque[asyncio.Future[Found]]()
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        try:
            while spans or waiting:
                while spans and len(waiting) < AHEAD * processes:
                    asked = loop.run_in_executor(pool, _span, dsn, log, *spans.popleft())
                    waiting.append(asked)
                position, broken, hashes = await waiting.popleft()
                yield Verified(position, broken, cut(hashes))
                if broken is not None:
                    return
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _span(dsn: str, log: str, after: int, until: int) -> Found:
    return asyncio.run(_verified(dsn, log, after, until))


async def _verified(dsn: str, log: str, after: int, until: int) -> Found:
    connection = await connect(dsn)
    hashes: list[bytes] = []
    last = Verified(after)
    try:
        async for last in verify(connection, log, after, until):
            hashes += last.hashes
    finally:
        await connection.close()
    return last.position, last.broken, b"".join(hashes)

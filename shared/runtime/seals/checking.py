"""The round of checks: every log is hashed again and held against its seals, over and over, in a
tenth of a core; what does not hold raises an alarm that names the position."""

from __future__ import annotations

import asyncio
import time
from contextlib import ExitStack, aclosing, suppress

import structlog

from shared.core.notes import BadNote
from shared.ops import metrics
from shared.ops.settings import Seals
from shared.runtime.seals.places import folder_of, trusted
from shared.runtime.seals.proving import ended
from shared.store import checks, epochs, read
from shared.store.against_seals import AgainstSeals
from shared.store.pool import TRANSIENT, Connection, Pool
from shared.store.seal_keys import NoSealKey
from shared.store.tree_files import Torn
from shared.store.verify import Broken, Verified, verify

PAGE = 2_000
REST = 9  # nine times as long as a page took, before the next
PAUSE = 1.0
FAULTS = (*TRANSIENT, NoSealKey, BadNote, Torn)

log = structlog.get_logger()


class Checker:
    """Checks one log round after round, for as long as no other process does."""

    def __init__(self, pool: Pool, log_name: str, known: Seals) -> None:
        self._pool = pool
        self._log = log_name
        self._known = known

    async def run(self, stop: asyncio.Event) -> None:
        """Check until told to stop; a fault is logged, and the round begun again."""
        while not stop.is_set():
            wait = PAUSE
            try:
                if await self._round(stop):
                    wait = self._known.check_every
            except FAULTS as fault:
                log.warning("seals.check_interrupted", log=self._log, fault=type(fault).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), wait)

    async def _round(self, stop: asyncio.Event) -> bool:
        """Whether the round was ours."""
        async with self._pool.acquire(timeout=10) as connection:
            epoch = await epochs.begin(connection, self._log)
        folder = folder_of(self._known.place, epoch)
        with ExitStack() as held:
            if not held.enter_context(folder.held("checking")):
                return False
            against = held.enter_context(AgainstSeals(folder, trusted(self._known)))
            found = await self._walk(against, stop)
            async with self._pool.acquire(timeout=10) as connection:
                if found is None and not stop.is_set():
                    found = await ended(connection, against, epoch)
                if found is not None or not stop.is_set():
                    await self._tell(connection, found, against.size)
        return True

    async def _walk(self, against: AgainstSeals, stop: asyncio.Event) -> Broken | None:
        until: int | None = None
        while not stop.is_set():
            began = time.perf_counter()
            async with self._pool.acquire(timeout=10) as connection:
                page, until = await _page(connection, self._log, against.size, until)
            if page is None:
                return None
            found = against.take(page.hashes) or (page.broken and against.earliest(page.broken))
            if found is not None:
                return found
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), REST * (time.perf_counter() - began))
        return None

    async def _tell(self, connection: Connection, found: Broken | None, size: int) -> None:
        metrics.UNSOUND.labels(self._log).set(found.position if found else 0)
        if found is None:
            await checks.whole(connection, self._log, size)
            return
        await checks.broken(connection, self._log, found)
        log.error("log.unsound", log=self._log, at=found.position, reason=found.reason)


async def _page(
    connection: Connection, log_name: str, after: int, until: int | None
) -> tuple[Verified | None, int]:
    last = until if until is not None else await read.head(connection, log_name)
    async with aclosing(verify(connection, log_name, after, min(after + PAGE, last))) as pages:
        return await anext(pages, None), last

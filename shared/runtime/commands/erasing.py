"""Erasures: the log says who is erased, the key store follows.

Read from the start of the log by every new process before it serves, and again when the key store
is another one, so a crash between the event and the key, or a key backup restored later, brings
nobody back.
"""

from __future__ import annotations

import asyncio
from uuid import UUID

import orjson
import structlog

from shared.store import read
from shared.store.key_store import KeyStore
from shared.store.pool import TRANSIENT, Pool

PAGE = 5_000
PAUSE = 1.0

log = structlog.get_logger()


class Eraser:
    """Destroys the keys of all whom the log calls erased."""

    def __init__(self, pool: Pool, log_name: str, keys: KeyStore) -> None:
        self._pool = pool
        self._log = log_name
        self._keys = keys
        self._position = 0
        self._life: int | None = None

    async def catch_up(self) -> None:
        """Destroy every key that should be gone by now; keys that are gone stay so. From the start
        of the log again where the key store was restored meanwhile."""
        life = await self._keys.life()
        if life != self._life:
            self._life, self._position = life, 0
        while await self._page():
            pass

    async def run(self, stop: asyncio.Event) -> None:
        """Follow the log until told to stop."""
        while not stop.is_set():
            try:
                await self.catch_up()
                await self._keys.clean()
            except TRANSIENT as fault:
                log.warning("eraser.interrupted", fault=type(fault).__name__)
            try:
                await asyncio.wait_for(stop.wait(), PAUSE)
            except TimeoutError:
                continue

    async def _page(self) -> int:
        async with self._pool.acquire(timeout=10) as connection:
            rows = await read.erasures(connection, self._log, self._position, PAGE)
        subjects = [UUID(orjson.loads(row["payload"])["subject"]) for row in rows]
        await self._keys.destroy(subjects)
        if rows:
            self._position = rows[-1]["position"]
            log.info("eraser.keys_destroyed", persons=len(subjects), position=self._position)
        return len(rows)

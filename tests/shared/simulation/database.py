"""Two databases as far as relay and readers use one: statements, row locks, transactions that are
committed whole or not at all, and answers that get lost."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from shared.store import tables
from tests.shared.simulation import statements
from tests.shared.simulation.log import Log
from tests.shared.simulation.process import call
from tests.shared.simulation.weather import Weather

Key = tuple[Any, ...]
Kept = Mapping[Key, Any]
Witness = Callable[[Kept, Kept], None]
SILENT = ("create table", "create index", tables.ALONE)
FLUSH = 0.6  # seconds until what was committed lightly is on the disk


class Database:
    """What is kept. `witness` is shown every commit: what is kept already, and what changes."""

    def __init__(self, weather: Weather, log: Log, witness: Witness) -> None:
        self.kept: dict[Key, Any] = {}
        self.locks: defaultdict[Key, asyncio.Lock] = defaultdict(asyncio.Lock)
        self.weather = weather
        self.log = log
        self.is_down = False
        self.crashes = 0
        self._witness = witness
        self._on_disk: dict[Key, Any] = {}

    def commit(self, changes: Kept, *, lightly: bool) -> None:
        """All of these at once; `lightly`, without waiting for the disk."""
        self._witness(self.kept, changes)
        self.kept |= changes
        if lightly:
            asyncio.get_running_loop().call_later(FLUSH, self.flush)
        else:
            self.flush()

    def flush(self) -> None:
        """What is kept by now survives."""
        self._on_disk = dict(self.kept)

    def crash(self) -> None:
        """What the disk does not have is gone, and every connection is broken."""
        self.kept = dict(self._on_disk)
        self.crashes += 1

    def acquire(self, *, timeout: float) -> Connection:
        """A connection, as from a pool."""
        return Connection(self)


class Connection:
    """One connection of the process that asks for it; a statement alone is its own transaction."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._changes: dict[Key, Any] | None = None
        self._held: list[asyncio.Lock] = []
        self._crashes = database.crashes
        self.is_light = False
        self._shares = 0

    async def __aenter__(self) -> Connection:
        await self._call()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._let_go()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[None]:
        """All that is done within, or nothing; one within another can fail alone."""
        outer = self._changes
        self._changes = {} if outer is None else dict(outer)
        try:
            yield
            if outer is None:
                await self._commit()
        except BaseException:
            self._changes = outer
            raise
        finally:
            if outer is None:
                self._let_go()

    async def execute(self, sql: str, *values: Any, timeout: float | None = None) -> Any:  # noqa: ASYNC109
        """The one answer of a statement; the other names of the driver mean the same here."""
        answer = statements.ANSWERS.get(sql)
        if answer is None:
            assert sql.startswith(SILENT), f"the simulation does not know this statement: {sql}"
            return "DONE"
        await self._call()
        if self._changes is not None:
            return await answer(self, *values)
        async with self.transaction():
            return await answer(self, *values)

    fetch = fetchval = fetchrow = execute

    def get(self, *key: Any) -> Any:
        """What is kept there, as this transaction sees it."""
        changes = self._changes or {}
        return changes[key] if key in changes else self.database.kept.get(key)

    def put(self, value: Any, *key: Any) -> None:
        """Keep this there."""
        assert self._changes is not None
        self._changes[key] = value

    async def lock(self, *key: Any) -> None:
        """Hold the row until the transaction ends."""
        lock = self.database.locks[key]
        if lock not in self._held:
            await lock.acquire()
            self._held.append(lock)

    def share_log(self) -> bool:
        """Keep writers of the log out until the transaction ends; not while one is at it."""
        if self.database.log.being_appended:
            return False
        self.database.log.share(1)
        self._shares += 1
        return True

    async def _commit(self) -> None:
        if self._changes:
            await self._call()
            self.database.commit(self._changes, lightly=self.is_light)
            self._let_go()
            await self._call()

    def _let_go(self) -> None:
        self._changes, self.is_light = None, False
        self.database.log.share(-self._shares)
        self._shares = 0
        while self._held:
            self._held.pop().release()

    async def _call(self) -> None:
        await call(ConnectionResetError)
        if self.database.is_down:
            raise ConnectionRefusedError
        if self._crashes != self.database.crashes:
            raise ConnectionAbortedError

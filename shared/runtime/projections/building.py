"""A read model as of another time: rows and tallies built for one answer, gone after it.

The built tables are temporary and stand before the live ones on their connection, so the very
statements that answer of now answer of then.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from shared.core.catalogue import Catalogue
from shared.core.envelope import Recorded
from shared.core.history import as_of, spent
from shared.runtime.commands.grouped import Overloaded
from shared.runtime.projections import folding
from shared.runtime.projections.applying import poisonous
from shared.runtime.projections.folding import Model
from shared.runtime.projections.watermarks import Watermark
from shared.store import past, read
from shared.store.pool import Connection, Pool

PAGE = 1_000
AT_ONCE = 2
PATIENCE = 20.0
BEGINNING = (UUID(int=0), 0)

Part = Sequence[Recorded[Any]]


class When(NamedTuple):
    """The time a question is about: what had happened by `at`, with corrections in place, by all
    that was on record by `known`; now where not given."""

    at: datetime | None = None
    known: datetime | None = None


class Builder:
    """Builds read models of one log as of any time, a few at once in each process."""

    def __init__(self, pool: Pool, log: str, catalogue: Catalogue[Any]) -> None:
        self._pool = pool
        self._log = log
        self._catalogue = catalogue
        self._turns = asyncio.Semaphore(AT_ONCE)

    @asynccontextmanager
    async def built(self, model: Model, when: When) -> AsyncIterator[tuple[Connection, Watermark]]:
        """A connection on which the plain names of the model's tables mean those of then.

        Without `at`, they hold what the live ones held when the log stood there. Memory is that of
        a page and the longest stream. Raises Overloaded when others are built for too long.
        """
        async with self._turn(), self._pool.acquire(timeout=10) as connection:
            transaction = connection.transaction()
            await transaction.start()
            try:
                yield connection, await self._build(connection, model, when)
            finally:
                await transaction.rollback()

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(PATIENCE):
                await self._turns.acquire()
        except TimeoutError:
            raise Overloaded from None
        try:
            yield
        finally:
            self._turns.release()

    async def _build(self, connection: Connection, model: Model, when: When) -> Watermark:
        await past.shadow(connection, model)
        position, recorded_at = await past.known(connection, self._log, when.known)
        build = _Build(connection, model, self._catalogue)
        until = (self._log, position)
        if when.at is None:
            await build.follow(until)
        else:
            await build.settle(until, when.at)
        return Watermark(
            position=position, recorded_at=recorded_at, parked=tuple(sorted(build.parked))
        )


class _Build:
    """One build: a stream of which something cannot be taken is `parked`, its neighbours go on."""

    def __init__(self, connection: Connection, model: Model, catalogue: Catalogue[Any]) -> None:
        self._connection = connection
        self._model = model
        self._catalogue = catalogue
        self.parked: set[UUID] = set()

    async def follow(self, until: tuple[str, int]) -> None:
        """Take the log in order, up to this position."""
        log, last = until
        for after in range(0, last, PAGE):
            rows = await read.page(self._connection, log, after, min(PAGE, last - after))
            await self._take([self._read([row]) for row in rows])

    async def settle(self, until: tuple[str, int], moment: datetime) -> None:
        """Take what had truly happened by `moment`, stream by stream, up to this position."""
        after, held = BEGINNING, list[Any]()
        while rows := await past.by_stream(self._connection, until, after, PAGE):
            last = rows[-1]["stream_id"]
            after = (last, rows[-1]["version"])
            held += [row for row in rows if row["known"]]
            await self._settle([row for row in held if row["stream_id"] != last], moment)
            held = [row for row in held if row["stream_id"] == last]
        await self._settle(held, moment)

    async def _settle(self, rows: Sequence[Any], moment: datetime) -> None:
        streams = groupby(rows, itemgetter("stream_id"))
        await self._take([self._read(list(own), moment) for _, own in streams])

    def _read(self, rows: Sequence[Any], moment: datetime | None = None) -> Part:
        """The events of these rows of one stream; none when it is, or has to be, parked."""
        stream_id = rows[0]["stream_id"]
        if stream_id in self.parked:
            return ()
        try:
            history = [read.decode(self._catalogue, row) for row in rows]
            return history if moment is None else [spent(one) for one in as_of(history, moment)]
        except Exception as fault:
            if not poisonous(fault):
                raise
            self.parked.add(stream_id)
            return ()

    async def _take(self, parts: Sequence[Part]) -> None:
        """Fold these parts, each of one stream; what cannot be folded parks its stream."""
        events = [recorded for part in parts for recorded in part]
        try:
            async with self._connection.transaction():
                await folding.apply(self._connection, self._model, events, past.TEMPORARY)
        except Exception as fault:
            if not poisonous(fault):
                raise
            if len(parts) == 1:
                self.parked.add(events[0].stream_id)
                return
            for part in parts:
                if part and part[0].stream_id not in self.parked:
                    await self._take([part])

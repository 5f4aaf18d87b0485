"""A read model as of another time: rows and tallies built for one answer, gone after it.

The built tables are temporary and stand before the live ones on their connection, so the very
statements that answer of now answer of then.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Collection, Sequence
from contextlib import aclosing, asynccontextmanager
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple, Protocol
from uuid import UUID

import asyncpg

from shared.core.envelope import Recorded
from shared.core.history import as_of, spent
from shared.runtime.commands.grouped import Overloaded
from shared.runtime.projections import folding
from shared.runtime.projections.applying import Entry, Unreadable, poisonous
from shared.runtime.projections.folding import Model
from shared.runtime.projections.gathering import Gathering, Parking
from shared.runtime.projections.paging import Page
from shared.runtime.projections.watermarks import Watermark
from shared.store import past
from shared.store.cursors import Watermark as Mark
from shared.store.pool import Connection, Pool

AT_ONCE = 2
PATIENCE = 20.0
# What says that a row cannot be written.
WRITING = (asyncpg.PostgresError, asyncpg.DataError, UnicodeError)

Part = Sequence[Recorded[Any]]
Pages = AsyncGenerator[Page, None]


class When(NamedTuple):
    """The time a question is about: what had happened by `at`, with corrections in place, by all
    that was on record by `known`; now where not given."""

    at: datetime | None = None
    known: datetime | None = None


class Past(Protocol):
    """A log, or what its service tells of it, page by page; the mark of a page is that of all up to
    its end."""

    def pages(self, connection: Connection, known: datetime | None) -> Pages:
        """What was on record by `known`, or by now, in order."""


class OrderlyPast(Past, Protocol):
    """A past that can be read stream by stream."""

    def streams(self, connection: Connection, known: datetime | None) -> Pages:
        """The same, each stream whole and in order of version; the mark of a page is that of all
        that was known."""


class KnownBuilder:
    """Builds read models as they were known at any time, a few at once in each process; `held` is
    that of Gathering."""

    def __init__(self, pool: Pool, told: Past, held: int | None = None) -> None:
        self._pool = pool
        self._told = told
        self._held = held
        self._turns = asyncio.Semaphore(AT_ONCE)

    @asynccontextmanager
    async def known(
        self, model: Model, moment: datetime | None
    ) -> AsyncIterator[tuple[Connection, Watermark]]:
        """A connection on which the plain names of the model's tables mean those of then: what the
        live ones held when the log stood there.

        Memory is that of a page and of the rows that `Gathering` holds. Raises Overloaded when
        others are built for too long, and what the past raises.
        """
        async with self._begun() as connection:
            try:
                async with connection.transaction():
                    mark = await self._gathered(connection, model, moment)
            except WRITING as fault:
                if not poisonous(fault):
                    raise
                # A row that cannot be written does not say which event made it so.
                build = _Build(connection, model)
                await past.shadow(connection, model)
                async with aclosing(self._told.pages(connection, moment)) as pages:
                    await build.follow(pages)
                mark = build.watermark
            yield connection, mark

    async def _gathered(
        self, connection: Connection, model: Model, moment: datetime | None
    ) -> Watermark:
        await past.shadow(connection, model, bare=True)
        parking, mark = Parking(), Mark(0, None)
        gathering = Gathering(connection, model, past.TEMPORARY, parking, self._held)
        async with aclosing(self._told.pages(connection, moment)) as pages:
            async for page in pages:
                await gathering.take(page.entries)
                mark = page.mark
        await gathering.finish()
        return _watermark(mark, parking.streams)

    @asynccontextmanager
    async def _begun(self) -> AsyncIterator[Connection]:
        async with self._turn(), self._pool.acquire(timeout=10) as connection:
            transaction = connection.transaction()
            await transaction.start()
            try:
                yield connection
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


class Builder(KnownBuilder):
    """Builds them also as of any time."""

    def __init__(self, pool: Pool, told: OrderlyPast) -> None:
        super().__init__(pool, told)
        self._orderly = told

    @asynccontextmanager
    async def built(self, model: Model, when: When) -> AsyncIterator[tuple[Connection, Watermark]]:
        """As `known`; with `at`, what had truly happened by then. Memory is that of a page and the
        longest stream."""
        if when.at is None:
            async with self.known(model, when.known) as built:
                yield built
            return
        async with self._begun() as connection:
            await past.shadow(connection, model)
            build = _Build(connection, model)
            async with aclosing(self._orderly.streams(connection, when.known)) as pages:
                await build.settle(pages, when.at)
            yield connection, build.watermark


class _Build:
    """One build: a stream of which something cannot be taken is parked, its neighbours go on."""

    def __init__(self, connection: Connection, model: Model) -> None:
        self._connection = connection
        self._model = model
        self._parked: set[UUID] = set()
        self._mark = Mark(0, None)

    @property
    def watermark(self) -> Watermark:
        """Up to where it is built."""
        return _watermark(self._mark, self._parked)

    async def follow(self, pages: Pages) -> None:
        """Take everything in order."""
        async for page in pages:
            self._mark = page.mark
            await self._take([self._ready([entry]) for entry in page.entries])

    async def settle(self, pages: Pages, moment: datetime) -> None:
        """Take what had truly happened by `moment`, stream by stream."""
        async for page in pages:
            self._mark = page.mark
            streams = groupby(page.entries, attrgetter("stream_id"))
            await self._take([self._ready(list(own), moment) for _, own in streams])

    def _ready(self, entries: Sequence[Entry], moment: datetime | None = None) -> Part:
        """The events of one stream; none when it is, or has to be, parked."""
        stream_id = entries[0].stream_id
        if stream_id in self._parked:
            return ()
        try:
            history = [entry for entry in entries if not isinstance(entry, Unreadable)]
            if len(history) == len(entries):
                return history if moment is None else [spent(o) for o in as_of(history, moment)]
        except Exception as fault:
            if not poisonous(fault):
                raise
        self._parked.add(stream_id)
        return ()

    async def _take(self, parts: Sequence[Part]) -> bool:
        """Fold these parts, each of one stream; what cannot be folded parks its stream. Whether all
        could be."""
        events = [recorded for part in parts for recorded in part]
        try:
            async with self._connection.transaction():
                await folding.apply(self._connection, self._model, events, past.TEMPORARY)
        except Exception as fault:
            if not poisonous(fault):
                raise
            if len(parts) == 1:
                self._parked.add(events[0].stream_id)
            else:
                await self._take_apart([part for part in parts if part])
            return False
        return True

    async def _take_apart(self, parts: Sequence[Part]) -> None:
        """One after the other; what stands behind one that parks its stream is left out."""
        lost: set[UUID] = set()
        for part in parts:
            stream_id = part[0].stream_id
            if stream_id not in lost and not await self._take([part]):
                lost.add(stream_id)


def _watermark(mark: Mark, parked: Collection[UUID]) -> Watermark:
    position, recorded_at = mark
    return Watermark(position=position, recorded_at=recorded_at, parked=tuple(sorted(parked)))

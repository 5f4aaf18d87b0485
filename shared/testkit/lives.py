"""Lives of a read model: the same history in every way that it can reach the tables."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Any
from unittest.mock import patch
from uuid import UUID

from shared.core.catalogue import Catalogue
from shared.core.envelope import Recorded
from shared.runtime.following.consuming import Consumer
from shared.runtime.projections import folding, projecting
from shared.runtime.projections.log_fed import LogFed
from shared.runtime.projections.projecting import Projector
from shared.store import tables
from shared.store.cursors import CursorMoved
from shared.store.pool import Pool
from shared.testkit import contents, deliveries
from shared.testkit.contents import History, Model, renamed
from shared.testkit.deliveries import KeptFeed, Topic

PAGE = 9


@dataclass(frozen=True)
class Lives:
    """Each life has tables of its own, and ends when they hold what the model's functions make of
    the history."""

    pool: Pool
    model: Model
    history: History
    random: Random

    async def shuffled(self) -> None:
        """In an order that only the streams keep."""
        await self._folded(renamed(self.model, "shuffled"), _mixed(self.history, self.random))

    async def ended(self) -> None:
        """The rows of half of the keys are gone in the end."""
        mortal = contents.mortal(renamed(self.model, "ended"), self.history, self.random)
        await self._folded(mortal, self.history)

    async def _folded(self, copy: Model, events: History) -> None:
        async with self.pool.acquire(timeout=10) as connection:
            await tables.create(connection, copy)
            for start in range(0, len(events), PAGE):
                async with connection.transaction():
                    await folding.apply(connection, copy, events[start : start + PAGE])
        await self.alike(copy)

    async def alike(self, copy: Model) -> None:
        """The tables hold what they should."""
        async with self.pool.acquire(timeout=10) as connection:
            stored = await contents.stored(connection, copy)
        expected = contents.folded(copy, self.history)
        assert stored.rows == expected.rows, copy.name
        assert stored.sums == expected.sums, copy.name


@dataclass(frozen=True)
class OwnLog(Lives):
    """Of a read model of the service's own log, which holds the history and nothing else."""

    log: str
    catalogue: Catalogue[Any]

    async def in_pages(self, sizes: Sequence[int]) -> None:
        """Page by page, each of one of these sizes, then built anew."""
        copy = renamed(self.model, f"by_{max(sizes)}")
        runner, moved = await self._runner(copy), 1
        while moved:
            size = self.random.choice(sizes)
            with patch.multiple(projecting, PAGE=size, FAR=size):
                moved = await runner.step()
        await self.alike(copy)
        await LogFed(self.pool, self.log, self.catalogue, copy).rebuild()
        await self.alike(copy)

    async def twice(self) -> None:
        """Two runners at once: what one of them has had, the other brings again."""
        copy = renamed(self.model, "twice")
        runners = [await self._runner(copy) for _ in range(2)]
        with patch.multiple(projecting, PAGE=PAGE, FAR=PAGE):
            moved: Iterable[Any] = [True]
            while any(moved):
                steps = (one.step() for one in runners)
                moved = await asyncio.gather(*steps, return_exceptions=True)
                assert {type(one) for one in moved} <= {int, CursorMoved}, moved
        await self.alike(copy)

    async def _runner(self, copy: Model) -> Projector:
        made = Projector(self.pool, self.log, self.catalogue, [copy])
        await made.prepare()
        return made


@dataclass(frozen=True)
class Followed(Lives):
    """Of a read model of another service's contracts."""

    topic: Topic

    async def in_batches(self, sizes: Sequence[int]) -> None:
        """As it was sent, in batches of these sizes, each twice."""
        async with self._reader(f"by_{max(sizes)}") as reader:
            for batch in deliveries.in_order(self.topic, sizes, self.random):
                await reader.take(batch)
                await reader.take(batch)

    async def from_the_feed(self) -> None:
        """Without a topic, by a line that breaks."""
        async with self._reader("fed", trouble=0.2) as reader:
            await deliveries.insist(reader.catch_up)

    async def through_bad_days(self, number: int) -> None:
        """Doubled, out of order, stale, with gaps that a bad line to the feed has to close."""
        async with self._reader(f"day_{number}", trouble=0.2) as reader:
            for batch in deliveries.bad_days(self.topic, self.random):
                await deliveries.insist(partial(reader.take, batch))

    @asynccontextmanager
    async def _reader(self, ending: str, trouble: float = 0.0) -> AsyncIterator[Consumer]:
        topic, copy = self.topic, renamed(self.model, ending)
        feed = KeptFeed(topic, self.random, trouble)
        reader = Consumer(self.pool, copy, topic.source, feed, topic.partitions)
        await reader.prepare()
        yield reader
        await self.alike(copy)


def _mixed(history: History, random: Random) -> list[Recorded[Any]]:
    streams: defaultdict[UUID, list[Recorded[Any]]] = defaultdict(list)
    for one in history:
        streams[one.stream_id].append(one)
    turns = [one.stream_id for one in history]
    random.shuffle(turns)
    waiting = {key: iter(events) for key, events in streams.items()}
    return [next(waiting[key]) for key in turns]

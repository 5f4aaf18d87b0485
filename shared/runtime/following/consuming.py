"""Contracts of another service into one read model.

A batch, its rows, its parked events and its cursors are committed together or not at all. The rows
of the cursors are locked first, so two consumers of one partition take turns, and what the second
brings is a repeat.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from operator import attrgetter
from uuid import UUID

from shared.contracts.source import Source
from shared.core import chain
from shared.core.chain import Due, Gap, Stretch
from shared.runtime.following.feed_client import FeedClient
from shared.runtime.following.follower import Follower
from shared.runtime.projections import applying
from shared.runtime.projections.applying import Entry
from shared.runtime.projections.folding import Model
from shared.runtime.projections.origins import Mark, Step
from shared.runtime.projections.rebuilding import Rebuild, Rebuilt
from shared.store import cursors, tables
from shared.store.pool import Connection, Pool

Apply = Callable[[Connection, Model, str, Sequence[Entry]], Awaitable[None]]


class Consumer(Follower):
    """Keeps one read model of this service in step with another service's contracts."""

    def __init__(
        self, pool: Pool, model: Model, source: Source, feed: FeedClient, partitions: int
    ) -> None:
        self.interest = model.interest
        super().__init__(pool, model.name, source.only(self.interest), feed, partitions)
        self.pool = pool
        self.model = model
        self.source = source.log

    async def prepare(self) -> None:
        """Create the tables and cursors that do not exist yet."""
        async with self._pool.acquire(timeout=10) as connection, connection.transaction():
            await tables.alone(connection, self._source.log)
            await tables.create(connection, self.model)
            await cursors.begin_partitions(connection, self.reading, self._partitions)

    async def apply(self, stretches: Sequence[Stretch[Entry]]) -> list[Gap]:
        """Fold what is due of these into the rows; what is missing before the rest."""
        try:
            return await self._apply(stretches, applying.apply)
        except Exception as fault:
            if not applying.poisonous(fault):
                raise
            return await self._apply(stretches, applying.apply_apart)

    async def replay(self, stream_id: UUID) -> int:
        """Take the parked events of a stream again, as the feed has them; how many still wait.

        The feed is asked while no page can park behind what it has. Raises FeedUnavailable.
        """
        async with self._pool.acquire(timeout=10) as connection, connection.transaction():
            await cursors.places(connection, self.reading, hold=True)
            entries = await self.stream(stream_id)
            return await applying.replay(connection, self.model, self.source, stream_id, entries)

    async def rebuild(
        self, *, accept: bool = False, progress: Callable[[int], None] = lambda _: None
    ) -> Rebuilt:
        """Build the model anew from the feed. Raises FeedUnavailable, and as `Rebuild.run` does."""
        return await Rebuild(self, progress).run(accept=accept)

    async def live(self, connection: Connection, *, hold: bool = False) -> Mark:
        """See Origin."""
        places = await cursors.places(connection, self.reading, hold=hold)
        return {number: place.position for number, place in places.items()}

    async def steps(self, after: Mark, until: Mark) -> AsyncGenerator[Step, None]:
        """See Origin. Raises FeedUnavailable."""
        if not until:  # nothing was ever read
            return
        mark = {number: after.get(number, 0) for number in until}
        async with aclosing(self.pieces(min(mark.values()), max(until.values()))) as pieces:
            async for stretches in pieces:
                entries: list[Entry] = []
                for number, _, through, _, events in stretches:
                    since, last = mark[number], until[number]
                    entries += (one for one in events if since < one.position <= last)
                    mark[number] = max(since, min(through, last))
                yield Step(sorted(entries, key=attrgetter("position")), dict(mark))

    async def _apply(self, stretches: Sequence[Stretch[Entry]], apply: Apply) -> list[Gap]:
        async with self._pool.acquire(timeout=10) as connection, connection.transaction():
            places = await cursors.places(connection, self.reading, hold=True)
            due: Due[Entry] = chain.due(places, stretches)
            if due.events:
                await apply(connection, self.model, self.source, due.events)
            if due.places:
                await cursors.advance(connection, self.reading, places, due.places)
        return due.gaps

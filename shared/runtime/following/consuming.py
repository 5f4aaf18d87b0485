"""Contracts of another service into one read model.

A batch, its rows, its parked events and its cursors are committed together or not at all. The rows
of the cursors are locked first, so two consumers of one partition take turns, and what the second
brings is a repeat.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

from shared.contracts.source import Source
from shared.core import chain
from shared.core.chain import Due, Gap, NewEpoch, Stretch
from shared.runtime.following.fed import Fed
from shared.runtime.following.feed_client import FeedClient
from shared.runtime.following.follower import Follower, Left
from shared.runtime.projections import applying
from shared.runtime.projections.applying import Entry
from shared.runtime.projections.folding import Model
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
            _, places = await cursors.standing(connection, self.reading)
            if not places:
                await cursors.begin_partitions(connection, self.reading, self._partitions)

    async def apply(self, stretches: Sequence[Stretch[Entry]]) -> list[Gap]:
        """See Follower: what is due is folded into the rows."""
        try:
            return await self._apply(stretches, applying.apply)
        except NewEpoch:
            raise
        except Exception as fault:
            if not applying.poisonous(fault):
                raise
            return await self._apply(stretches, applying.apply_apart)

    async def replay(self, stream_id: UUID) -> int:
        """Take the parked events of a stream again, as the feed has them; how many still wait.

        The feed is asked while no page can park behind what it has. Raises FeedUnavailable.
        """
        async with self._pool.acquire(timeout=10) as connection, connection.transaction():
            reading, _ = await cursors.standing(connection, self.reading, hold=True)
            entries = await self.stream(stream_id, reading.epoch)
            return await applying.replay(connection, self.model, self.source, stream_id, entries)

    async def rebuild(
        self, *, accept: bool = False, progress: Callable[[int], None] = lambda _: None
    ) -> Rebuilt:
        """Build the model anew from the feed. Raises FeedUnavailable, and as `Rebuild.run` does."""
        return await Rebuild(await self.origin(), progress).run(accept=accept)

    async def origin(self) -> Fed:
        """See ReadModelOf."""
        async with self._pool.acquire(timeout=10) as connection:
            reading, _ = await cursors.standing(connection, self.reading)
        return self._fed(reading.epoch)

    async def go_back(self, connection: Connection, left: Left) -> None:
        """See Follower: rows that hold what is lost are built anew, as of the fork."""
        if left.reached > left.to.fork:
            until = dict.fromkeys(range(self._partitions), left.to.fork)
            await Rebuild(self._fed(left.to.epoch)).replace(connection, until)

    def _fed(self, epoch: int) -> Fed:
        return Fed(self.pool, self.model, self, epoch)

    async def _apply(self, stretches: Sequence[Stretch[Entry]], apply: Apply) -> list[Gap]:
        async with self._pool.acquire(timeout=10) as connection, connection.transaction():
            reading, places = await cursors.standing(connection, self.reading, hold=True)
            due: Due[Entry] = chain.due(places, chain.of_epoch(stretches, reading.epoch))
            if due.events:
                await apply(connection, self.model, self.source, due.events)
            if due.places:
                await cursors.advance(connection, reading, places, due.places)
        return due.gaps

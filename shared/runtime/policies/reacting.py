"""The policy runner: contracts of another service become commands of this one.

The cursor moves once all commands of a batch are answered. A command's id follows from the event
and the policy, so what is asked again after a crash is answered as the first time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from shared.contracts.source import Source
from shared.core import chain
from shared.core.births import FIRST, Fork
from shared.core.chain import Due, Gap, Stretch
from shared.core.interest import Interest
from shared.core.policy import Policy
from shared.runtime.commands.execute import Executor
from shared.runtime.following.feed_client import FeedClient, OtherEpoch
from shared.runtime.following.follower import Follower, Left
from shared.runtime.policies import compensating
from shared.runtime.policies.asking import Asker, Informed
from shared.runtime.projections.applying import Entry
from shared.store import crossings, cursors, parked, tables
from shared.store.cursors import Reading
from shared.store.pool import Connection, Pool


class Reactor(Follower):
    """Asks this service for what one policy says of another one's contracts. `informed`: see
    Asker."""

    def __init__(
        self,
        executor: Executor,
        policy: Policy[Any],
        source: Source,
        following: tuple[Pool, FeedClient, int],
        informed: Informed | None = None,
    ) -> None:
        pool, feed, partitions = following
        self.interest = Interest.of(policy.of)
        super().__init__(pool, policy.name, source.only(self.interest), feed, partitions)
        self._policy = policy
        self._asker = Asker(executor, policy, informed)

    async def prepare(self) -> None:
        """Create the cursors that do not exist yet; a policy that starts now begins where the feed
        ends. Raises FeedUnavailable."""
        async with self._pool.acquire(timeout=10) as connection:
            _, places = await cursors.standing(connection, self.reading)
        if places:
            return
        reading, head = self.reading, 0
        if self._policy.starts == "now":
            reading, head = await self._end()
        async with self._pool.acquire(timeout=10) as connection, connection.transaction():
            await tables.alone(connection, self._source.log)
            _, places = await cursors.standing(connection, self.reading)
            if not places:
                await cursors.begin_partitions(connection, reading, self._partitions, head)

    async def _end(self) -> tuple[Reading, int]:
        """Where the feed ends, in the epoch that it is in. Raises FeedUnavailable."""
        try:
            return self.reading, await self._feed.head(self.reading.epoch)
        except OtherEpoch as other:
            reading = self.reading._replace(epoch=other.to.epoch)
            return reading, await self._feed.head(reading.epoch)

    async def apply(self, stretches: Sequence[Stretch[Entry]]) -> list[Gap]:
        """See Follower: what is due is asked for.

        Raises CursorMoved when another runner was faster; what was asked is then asked twice,
        under the same ids. Raises what passes of what the executor raises.
        """
        async with self._pool.acquire(timeout=10) as connection:
            reading, places = await cursors.standing(connection, self.reading)
            due: Due[Entry] = chain.due(places, chain.of_epoch(stretches, reading.epoch))
            log = self._source.log
            ready, waiting = await self._asker.sort_out(connection, log, due.events)
            forks = await self._forks(connection, reading)
        answered = await self._asker.ask(ready, forks)
        if due.places:
            async with self._pool.acquire(timeout=10) as connection, connection.transaction():
                await cursors.advance(connection, reading, places, due.places)
                answered.waiting.extend(waiting)
                await self._asker.keep(connection, log, answered)
        return due.gaps

    async def replay(self, stream_id: UUID) -> int:
        """Ask for what the parked events of a stream lead to, as the feed has them; how many still
        wait. Raises FeedUnavailable, and what `apply` does."""
        log = self._source.log
        async with self._pool.acquire(timeout=10) as connection, connection.transaction():
            reading, _ = await cursors.standing(connection, self.reading, hold=True)
            entries = await self.stream(stream_id, reading.epoch)
            forks = await self._forks(connection, reading)
            lines = [line.position for line in await parked.of(connection, self.name, stream_id)]
            again = [entries[one] for one in lines if one in entries]
            answered = await self._asker.ask(again, forks)
            await parked.drop(connection, self.name, log, stream_id, lines)
            await self._asker.keep(connection, log, answered)
        return len(answered.waiting)

    async def go_back(self, connection: Connection, left: Left) -> None:
        """See Follower: reactions to what is lost are listed, for people to make good; what was
        refused or parked of it is forgotten."""
        forks = await crossings.of(connection, self.name, self._source.log)
        await compensating.account_for(connection, left, forks)

    async def _forks(self, connection: Connection, reading: Reading) -> Sequence[Fork]:
        if reading.epoch == FIRST:
            return ()
        return await crossings.of(connection, self.name, self._source.log)

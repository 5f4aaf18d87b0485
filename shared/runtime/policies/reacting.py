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
from shared.core.chain import Due, Gap, Stretch
from shared.core.interest import Interest
from shared.core.policy import Policy
from shared.runtime.commands.execute import Executor
from shared.runtime.following.feed_client import FeedClient
from shared.runtime.following.follower import Follower
from shared.runtime.policies.asking import Asker
from shared.runtime.projections.applying import Entry
from shared.store import cursors, parked
from shared.store.pool import Pool


class Reactor(Follower):
    """Asks this service for what one policy says of another one's contracts."""

    def __init__(
        self,
        executor: Executor,
        policy: Policy[Any],
        source: Source,
        following: tuple[Pool, FeedClient, int],
    ) -> None:
        pool, feed, partitions = following
        self.interest = Interest.of(policy.of)
        super().__init__(pool, policy.name, source.only(self.interest), feed, partitions)
        self._policy = policy
        self._asker = Asker(executor, policy)

    async def prepare(self) -> None:
        """Create the cursors that do not exist yet; a policy that starts now begins where the feed
        ends. Raises FeedUnavailable."""
        async with self._pool.acquire(timeout=10) as connection:
            if await cursors.places(connection, self.reading):
                return
        head = await self._feed.head() if self._policy.starts == "now" else 0
        async with self._pool.acquire(timeout=10) as connection:
            await cursors.begin_partitions(connection, self.reading, self._partitions, head)

    async def apply(self, stretches: Sequence[Stretch[Entry]]) -> list[Gap]:
        """Ask for what is due of these; what is missing before the rest.

        Raises CursorMoved when another runner was faster; what was asked is then asked twice,
        under the same ids. Raises what passes of what the executor raises.
        """
        async with self._pool.acquire(timeout=10) as connection:
            places = await cursors.places(connection, self.reading)
            due: Due[Entry] = chain.due(places, stretches)
            log = self._source.log
            ready, waiting = await self._asker.sort_out(connection, log, due.events)
        answered = await self._asker.ask(ready)
        if due.places:
            async with self._pool.acquire(timeout=10) as connection, connection.transaction():
                await cursors.advance(connection, self.reading, places, due.places)
                answered.waiting.extend(waiting)
                await self._asker.keep(connection, log, answered)
        return due.gaps

    async def replay(self, stream_id: UUID) -> int:
        """Ask for what the parked events of a stream lead to, as the feed has them; how many still
        wait. Raises FeedUnavailable, and what `apply` does."""
        log = self._source.log
        async with self._pool.acquire(timeout=10) as connection, connection.transaction():
            await cursors.places(connection, self.reading, hold=True)
            entries = await self.stream(stream_id)
            lines = [line.position for line in await parked.of(connection, self.name, stream_id)]
            answered = await self._asker.ask([entries[one] for one in lines if one in entries])
            await parked.drop(connection, self.name, log, stream_id, lines)
            await self._asker.keep(connection, log, answered)
        return len(answered.waiting)

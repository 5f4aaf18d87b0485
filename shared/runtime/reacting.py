"""The policy runner: contracts of another service become commands of this one.

The cursor moves once all commands of a batch are answered. A command's id follows from the event
and the policy, so what is asked again after a crash is answered as the first time.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from typing import Any, NamedTuple

from shared.contracts.source import Source
from shared.core import chain
from shared.core.chain import Due, Gap, Stretch
from shared.core.envelope import Recorded
from shared.core.messages import Rejected
from shared.core.policy import Policy, Reaction
from shared.runtime import applying
from shared.runtime.applying import Entry
from shared.runtime.execute import Executor
from shared.runtime.feed_client import FeedClient
from shared.runtime.following import Follower
from shared.runtime.ids import derived
from shared.runtime.submission import Identity, Submission, Target
from shared.store import cursors, refused
from shared.store.parked import Waiting
from shared.store.pool import Pool
from shared.store.refused import Refusal


class Asked(NamedTuple):
    """A reaction, and the event that it answers."""

    recorded: Recorded[Any]
    ordinal: int
    reaction: Reaction


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
        super().__init__(pool, policy.name, source, feed, partitions)
        self._policy = policy
        self._executor = executor

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
        under the same ids. Raises what the executor raises, except Rejected, which is listed.
        """
        async with self._pool.acquire(timeout=10) as connection:
            places = await cursors.places(connection, self.reading)
            due: Due[Entry] = chain.due(places, stretches)
            ready, waiting = await applying.sort_out(
                connection, self.name, self._source.log, due.events
            )
        asked = self._reactions(ready, waiting)
        refusals = await asyncio.gather(*(self._ask(one) for one in asked))
        if due.places:
            async with self._pool.acquire(timeout=10) as connection, connection.transaction():
                await cursors.advance(connection, self.reading, places, due.places)
                await applying.park(connection, self.name, self._source.log, waiting)
                listed = [refusal for refusal in refusals if refusal is not None]
                await refused.note(connection, self.name, self._source.log, listed)
        return due.gaps

    def _reactions(self, ready: Sequence[Recorded[Any]], waiting: list[Waiting]) -> list[Asked]:
        asked: list[Asked] = []
        blocked = set()
        for recorded in ready:
            if recorded.origin == "history":
                continue
            if recorded.stream_id in blocked:
                waiting.append(applying.wait(recorded, applying.BEHIND))
                continue
            try:
                reactions = self._policy.react(recorded)
            except Exception as fault:
                blocked.add(recorded.stream_id)
                waiting.append(applying.wait(recorded, applying.reason_of(fault)))
            else:
                asked += (Asked(recorded, n, one) for n, one in enumerate(reactions))
        return asked

    async def _ask(self, asked: Asked) -> Refusal | None:
        recorded, ordinal, reaction = asked
        try:
            await self._executor.execute(_submission(self.name, asked))
        except Rejected as no:
            return Refusal(recorded.position, ordinal, reaction.stream_id, no.code)
        return None


def _submission(policy: str, asked: Asked) -> Submission:
    recorded, ordinal, reaction = asked
    place = (recorded.log, str(recorded.position))
    command_id = derived(*place, policy, str(ordinal))
    decider, command = reaction.decider, reaction.command
    return Submission(
        identity=Identity(command_id, hashlib.sha256(command_id.bytes).digest()),
        targets=(Target(decider, reaction.stream_id),),
        decide=lambda states: [decider.decide(command, states[0])],
        actor=command.actor.id,
        correlation_id=recorded.correlation_id,
        causation_id=derived("event", *place),
        cause=recorded.recorded_at,
    )

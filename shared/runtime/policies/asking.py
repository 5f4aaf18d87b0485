"""What one policy asks for: commands that follow from events, stream by stream."""

from __future__ import annotations

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from shared.core import births
from shared.core.births import Fork
from shared.core.envelope import Recorded
from shared.core.interest import Interest
from shared.core.messages import Rejected
from shared.core.policy import Policy, Reaction
from shared.runtime.commands.because import Because, caused_by
from shared.runtime.commands.execute import Executor
from shared.runtime.commands.ids import derived
from shared.runtime.commands.submission import Identity, Submission, Target
from shared.runtime.projections import applying
from shared.runtime.projections.applying import Entry, Unreadable
from shared.store import parked, refused
from shared.store.parked import Waiting
from shared.store.pool import Connection
from shared.store.refused import Refusal

# Completes what a policy asks for with what the service knows of the present, as a desk does for
# whoever asks over HTTP: the rules in force at that place, above all. It changes nothing. Raises
# Rejected where nothing can be asked so: that is listed like a refusal of the rules.
Informed = Callable[[Reaction], Awaitable[Reaction]]


class Answered(NamedTuple):
    """What the rules turned down, and the events that could not be reacted to."""

    refusals: list[Refusal]
    waiting: list[Waiting]


class Asker:
    """Asks this service for what one policy says, once `informed` has completed it.

    The id of a command follows from the event and the policy alone, so a repeat is answered as the
    first time, whatever has changed in between of what completes it.
    """

    def __init__(
        self, executor: Executor, policy: Policy[Any], informed: Informed | None = None
    ) -> None:
        self._executor = executor
        self._policy = policy
        self._informed = informed
        self._interest = Interest.of(policy.of)

    async def sort_out(
        self, connection: Connection, log: str, entries: Sequence[Entry]
    ) -> tuple[Sequence[Entry], list[Waiting]]:
        """Those of a page to react to, and those that must wait."""
        meant = [one for one in entries if self._concerns(one)]
        name = self._policy.name
        if any(isinstance(entry, Unreadable) for entry in meant) or (
            await parked.any_of(connection, [name], log)
        ):
            return await applying.sort_out(connection, name, log, meant)
        return meant, []

    async def keep(self, connection: Connection, log: str, answered: Answered) -> None:
        """Park what waits and list what was refused, in the transaction of the cursor."""
        await applying.park(connection, self._policy.name, log, answered.waiting)
        await refused.note(connection, self._policy.name, log, answered.refusals)

    async def ask(self, entries: Sequence[Entry], forks: Sequence[Fork] = ()) -> Answered:
        """Ask for what follows: streams side by side, the events of each in their order. `forks`
        are those that their log has behind it.

        What stands behind an event that cannot be reacted to waits with it. Raises what passes of
        what the executor raises; what was asked until then stays asked.
        """
        streams: defaultdict[UUID, list[Entry]] = defaultdict(list)
        for entry in entries:
            streams[entry.stream_id].append(entry)
        together = Answered([], [])
        asking = (self._ask_for(own, forks) for own in streams.values())
        for answered in await asyncio.gather(*asking, return_exceptions=True):
            if isinstance(answered, BaseException):
                raise answered
            together.refusals.extend(answered.refusals)
            together.waiting.extend(answered.waiting)
        return together

    def _concerns(self, entry: Entry) -> bool:
        return isinstance(entry, Unreadable) or self._interest[type(entry.event)]

    async def _ask_for(self, stream: Sequence[Entry], forks: Sequence[Fork]) -> Answered:
        answered = Answered([], [])
        for entry in stream:
            if answered.waiting:
                answered.waiting.append(applying.wait(entry, applying.BEHIND))
            elif isinstance(entry, Unreadable):
                answered.waiting.append(applying.wait(entry, entry.reason))
            else:
                try:
                    answered.refusals.extend(await self._react(entry, forks))
                except Exception as fault:
                    if not applying.poisonous(fault):
                        raise
                    answered.waiting.append(applying.wait(entry, applying.reason_of(fault)))
        return answered

    async def _react(self, recorded: Recorded[Any], forks: Sequence[Fork]) -> list[Refusal]:
        refusals: list[Refusal] = []
        if recorded.origin == "history":
            return refusals
        event = births.name(recorded.log, recorded.position, births.birth(forks, recorded.position))
        for ordinal, reaction in enumerate(self._policy.react(recorded)):
            command_id = id_of(event, self._policy.name, ordinal)
            try:
                complete = await self._complete(reaction, command_id)
                await self._executor.execute(_submission(recorded, event, complete, command_id))
            except Rejected as no:
                refusal = Refusal(recorded.position, ordinal, reaction.stream_id, no.code)
                refusals.append(refusal)
        return refusals

    async def _complete(self, reaction: Reaction, command_id: UUID) -> Reaction:
        if self._informed is None:
            return reaction
        try:
            return await self._informed(reaction)
        except Rejected:
            # What was answered before keeps its answer, whatever it asks.
            if command_id in await self._executor.answers([command_id]):
                return reaction
            raise


def id_of(event: Sequence[str], policy: str, ordinal: int) -> UUID:
    """The id of command number `ordinal` that a policy asks for because of this event."""
    return derived(*event, policy, str(ordinal))


def _submission(
    recorded: Recorded[Any], event: Sequence[str], reaction: Reaction, command_id: UUID
) -> Submission:
    asked = Submission(
        identity=Identity(command_id, hashlib.sha256(command_id.bytes).digest()),
        command=reaction.command,
        targets=(Target(reaction.decider, reaction.stream_id),),
    )
    cause = Because(caused_by(event), recorded.correlation_id, recorded.recorded_at)
    return asked.answering(cause)

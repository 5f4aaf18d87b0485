"""From what was loaded to what will be appended: fold, decide, number. No I/O."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import starmap
from typing import Any, NamedTuple
from uuid import UUID

from shared.core.canonical import Facts
from shared.core.decider import Decider
from shared.core.messages import Event
from shared.runtime.commands.guarding import Guard
from shared.runtime.commands.submission import Submission, Target, VersionChanged
from shared.store.append import Check, Decided
from shared.store.load import Answer, Loaded, Stored


class Head(NamedTuple):
    """Where a stream stands: as loaded, then as the commands before this one leave it."""

    state: Any
    version: int


class Deciding:
    """Decides the commands of one group in order, each on the state the one before leaves."""

    def __init__(self, log: str, loaded: Loaded, guard: Guard) -> None:
        self._log = log
        self._guard = guard
        self._loaded = loaded
        self._heads: dict[UUID, Head] = {}
        self._decided: set[UUID] = set()

    def decided(self, submission: Submission) -> Decided | Answer | None:
        """What to append, or the stored answer of a known command; None for one that this group
        holds already: its answer is on the way. Raises Rejected, Forbidden for an actor who may
        not, or VersionChanged, and then leaves no trace."""
        identity = submission.identity
        if answer := self._loaded.answers.get(identity.command_id):
            return answer
        if identity.command_id in self._decided:
            return None
        heads = [self._head(target) for target in submission.targets]
        for target, head in zip(submission.targets, heads, strict=True):
            self._guard(submission.command, target.decider, head.state)
            if target.expected is not None and not target.decider.is_seen(
                head.state, target.expected, head.version
            ):
                raise VersionChanged(head.version)
        decisions = submission.decisions([head.state for head in heads])
        facts: list[Facts] = []
        moved: dict[UUID, Head] = {}
        for target, head, events in zip(submission.targets, heads, decisions, strict=True):
            moved[target.stream_id] = self._write(submission, (target, head), events, facts)
        self._heads |= moved
        self._decided.add(identity.command_id)
        checks = [
            Check(t.stream_id, h.version) for t, h in zip(submission.targets, heads, strict=True)
        ]
        return Decided(
            identity.command_id, identity.fingerprint, tuple(checks), tuple(facts), submission.cause
        )

    def _head(self, target: Target) -> Head:
        head = self._heads.get(target.stream_id)
        if head is None:
            stored = self._loaded.streams.get(target.stream_id, ())
            head = Head(fold(target.decider, stored), len(stored))
        return head

    def _write(
        self,
        submission: Submission,
        standing: tuple[Target, Head],
        events: Sequence[Event],
        facts: list[Facts],
    ) -> Head:
        target, (state, version) = standing
        decider, command_id = target.decider, submission.identity.command_id
        for event in events:
            state = decider.evolve(state, event)
            version += 1
            facts.append(
                Facts(
                    self._log,
                    target.stream_id,
                    version,
                    event.type,
                    event.schema_version,
                    decider.territory(state),
                    submission.command.actor.id,
                    command_id,
                    submission.correlation_id or command_id,
                    submission.causation_id,
                    submission.origin,
                    event.at,
                    decider.events.encode(event),
                )
            )
        return Head(state, version)


def fold(decider: Decider[Any, Any, Any], stored: Sequence[Stored]) -> Any:
    """The state after the stored events of one stream."""
    return decider.fold(starmap(decider.events.decode, stored))

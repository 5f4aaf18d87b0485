"""A command on its way to the log, and the ways in which it may fail to get there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.core.decider import Decider
from shared.core.messages import Command, Event, Origin
from shared.runtime.commands.because import Because


class KeyReused(Exception):
    """The command id is known, but belongs to another request."""


class VersionChanged(Exception):
    """The stream is no longer at the version the caller had seen."""

    def __init__(self, version: int) -> None:
        super().__init__(version)
        self.version = version


class Contended(Exception):
    """Others were first for too long: nothing was changed, try again."""


@dataclass(frozen=True, slots=True)
class Identity:
    """The command's id, and a fingerprint that tells two requests under one id apart."""

    command_id: UUID
    fingerprint: bytes


@dataclass(frozen=True, slots=True)
class Target:
    """A stream the command touches; `expected` is the version its sender had seen, if they say."""

    decider: Decider[Any, Any, Any]
    stream_id: UUID
    expected: int | None = None


Decide = Callable[[Sequence[Any]], Sequence[Sequence[Event]]]


@dataclass(frozen=True, slots=True)
class Submission:
    """A command, and what it touches.

    With several targets `decide` gets a state per target and answers events per target: all are
    appended, or none. `fresh` says that the targets are new streams, which need no load.
    """

    identity: Identity
    command: Command
    targets: tuple[Target, ...]
    decide: Decide | None = None
    origin: Origin = "live"
    correlation_id: UUID | None = None
    causation_id: UUID | None = None
    cause: datetime | None = None
    fresh: bool = False

    def answering(self, because: Because | None) -> Submission:
        """The same, caused by that event and part of its matter; None leaves it as it is."""
        if because is None:
            return self
        causation_id, correlation_id, known_at = because
        return replace(
            self, causation_id=causation_id, correlation_id=correlation_id, cause=known_at
        )

    def decisions(self, states: Sequence[Any]) -> Sequence[Sequence[Event]]:
        """The events for each target, given its state. Raises Rejected."""
        if self.decide is not None:
            return self.decide(states)
        [target], [state] = self.targets, states
        return [target.decider.decide(self.command, state)]


def single(
    target: Target, command: Command, identity: Identity, *, fresh: bool = False
) -> Submission:
    """The usual submission: one command to one stream."""
    return Submission(identity, command, (target,), fresh=fresh)

"""What a sample tells: commands to one stream, put on record together under a name of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, Protocol
from uuid import UUID

from shared.core.decider import Decider
from shared.core.derived import derived
from shared.core.messages import Command, Event, Origin
from shared.runtime.commands.execute import Executor
from shared.runtime.commands.submission import Identity, Submission, Target
from shared.runtime.web.requests import Fingerprints


class Tells(Protocol):
    """A service that is told."""

    @property
    def executor(self) -> Executor:
        """What takes its commands."""

    @property
    def fingerprints(self) -> Fingerprints:
        """What tells its requests apart."""


async def tell_all(
    service: Tells,
    name: str,
    decider: Decider[Any, Any, Any],
    stream: UUID,
    commands: Sequence[Command],
) -> None:
    """All of it, or nothing; nothing where it was told before. Each command is checked and decided
    on the state that the one before leaves. All of it is on record as of who asked the first."""
    await _tell(service, name, Target(decider, stream), commands, "live")


async def tell_in_turn(
    service: Tells,
    name: str,
    decider: Decider[Any, Any, Any],
    stream: UUID,
    commands: Iterable[Command],
) -> None:
    """The past of a stream, as `tell_all`, each actor's steps in a row on record as theirs."""
    for number, (_, steps) in enumerate(groupby(commands, key=lambda one: one.actor)):
        target = Target(decider, stream)
        await _tell(service, f"{name} {number}", target, [*steps], "history")


def identity_of(service: Tells, name: str) -> Identity:
    """The command that is known by this name in every sample: asked twice, it is one."""
    command_id = derived("sample", name)
    return Identity(command_id, service.fingerprints.of(command_id.bytes))


async def _tell(
    service: Tells, name: str, target: Target, commands: Sequence[Command], origin: Origin
) -> None:
    decider, guard = target.decider, service.executor.guard

    def decide(states: Sequence[Any]) -> Sequence[Sequence[Event]]:
        [state] = states
        events: list[Event] = []
        for command in commands:
            guard(command, decider, state)
            for event in decider.decide(command, state):
                state = decider.evolve(state, event)
                events.append(event)
        return [events]

    known = identity_of(service, name)
    told = Submission(known, commands[0], (target,), decide, origin=origin)
    await service.executor.execute(told)

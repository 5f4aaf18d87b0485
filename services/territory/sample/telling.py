"""Commands that are put on record together, under a name of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from services.territory.unit.commands import FormUnit
from services.territory.unit.decider import decide_under
from shared.core.messages import Command, Event
from shared.runtime.commands.guarding import Guard
from shared.runtime.commands.submission import Identity, Submission, Target


class Part(NamedTuple):
    """A stream, and what is asked of it, one command after the other. Without commands it is only
    looked at by the others."""

    target: Target
    commands: Sequence[Command] = ()


class Telling(NamedTuple):
    """All of it is appended, or nothing. The first part has a command. `fresh` says that all
    streams are new, which spares looking for them."""

    name: str
    parts: Sequence[Part]
    fresh: bool = False


def told(name: str, target: Target, commands: Sequence[Command]) -> Telling:
    """Commands to one stream."""
    return Telling(name, (Part(target, commands),))


def submission(telling: Telling, identity: Identity, guard: Guard) -> Submission:
    """On its way to the log: every command is checked and decided on the state that the one before
    leaves."""
    parts = telling.parts

    def decide(states: Sequence[Any]) -> Sequence[Sequence[Event]]:
        return [
            list(_events(part, state, states[1:], guard))
            for part, state in zip(parts, states, strict=True)
        ]

    targets = tuple(part.target for part in parts)
    return Submission(identity, parts[0].commands[0], targets, decide, fresh=telling.fresh)


def _events(part: Part, state: Any, beside: Sequence[Any], guard: Guard) -> Iterator[Event]:
    decider = part.target.decider
    for command in part.commands:
        guard(command, decider, state)
        if isinstance(command, FormUnit):
            events: Sequence[Event] = decide_under(command, state, beside)
        else:
            events = decider.decide(command, state)
        for event in events:
            state = decider.evolve(state, event)
            yield event

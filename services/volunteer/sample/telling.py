"""Commands to one stream that are put on record together, under a name of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from services.volunteer.access import ACCESS
from services.volunteer.service import Volunteers
from shared.core.decider import Decider
from shared.core.derived import derived
from shared.core.messages import Command, Event
from shared.runtime.commands.guarding import guarded
from shared.runtime.commands.submission import Identity, Submission, Target


async def tell_all(
    service: Volunteers,
    name: str,
    decider: Decider[Any, Any, Any],
    stream: UUID,
    commands: Sequence[Command],
) -> None:
    """All of it, or nothing; nothing where it was told before. Each command is checked and decided
    on the state that the one before leaves."""
    guard = guarded(ACCESS, service.map.within)

    def decide(states: Sequence[Any]) -> Sequence[Sequence[Event]]:
        [state] = states
        events: list[Event] = []
        for command in commands:
            guard(command, decider, state)
            for event in decider.decide(command, state):
                state = decider.evolve(state, event)
                events.append(event)
        return [events]

    command_id = derived("sample", name)
    identity = Identity(command_id, service.fingerprints.of(command_id.bytes))
    target = Target(decider, stream)
    await service.executor.execute(Submission(identity, commands[0], (target,), decide))

"""Commands to one account that are put on record together, under a name of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.volunteer.access import ACCESS
from services.volunteer.account.commands import AccountCommand
from services.volunteer.account.decider import account
from services.volunteer.account.events import AccountEvent
from services.volunteer.account.stream import account_of
from services.volunteer.sample.hours import Serves
from services.volunteer.service import Volunteers
from shared.core.derived import derived
from shared.runtime.commands.guarding import guarded
from shared.runtime.commands.submission import Identity, Submission, Target


async def tell(
    service: Volunteers, name: str, serves: Serves, commands: Sequence[AccountCommand]
) -> None:
    """All of it, or nothing; nothing where it was told before. Each command is checked and decided
    on the state that the one before leaves."""
    guard = guarded(ACCESS, service.map.within)

    def decide(states: Sequence[Any]) -> Sequence[Sequence[AccountEvent]]:
        [state] = states
        events: list[AccountEvent] = []
        for command in commands:
            guard(command, account, state)
            for event in account.decide(command, state):
                state = account.evolve(state, event)
                events.append(event)
        return [events]

    command_id = derived("sample", name, str(serves.person))
    identity = Identity(command_id, service.fingerprints.of(command_id.bytes))
    target = Target(account, account_of(serves.person))
    await service.executor.execute(Submission(identity, commands[0], (target,), decide))

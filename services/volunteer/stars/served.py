"""Stars and the account that says what was served, decided on together. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from services.volunteer.account.decider import account
from services.volunteer.account.state import Account
from services.volunteer.stars.commands import ApplyStar, StarsCommand
from services.volunteer.stars.decider import decide
from shared.core.access import Thing
from shared.core.decider import Decider
from shared.core.messages import Event


def with_account(command: StarsCommand, states: Sequence[Any]) -> list[Sequence[Event]]:
    """What happens to account and stars: to the account nothing. Raises Rejected."""
    kept, stars = states
    return [[], decide(command, stars, kept)]


def concerns(command: Any, kept: Account) -> Thing:
    """Where the account is at home, for who applies; whoever judges is asked by the stars."""
    if isinstance(command, ApplyStar):
        return Thing((kept.territory or command.territory,), owner=str(command.person))
    return Thing(owner=kept.owner)


# An account as stars are decided on it: it is read, and what is asked is about the stars.
served: Decider[Any, Account, Any] = replace(account, concerns=concerns)

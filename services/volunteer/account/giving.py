"""Time from one account to another: both say so, or neither."""

from __future__ import annotations

from collections.abc import Sequence

from services.volunteer.account.decider import account
from services.volunteer.account.events import AccountBequeathed
from services.volunteer.account.state import Account
from services.volunteer.account.time_commands import (
    BequeathAccount,
    GiftTime,
    InheritAccount,
    ReceiveTime,
)
from shared.core.messages import Event, Rejected


def gift(command: GiftTime, states: Sequence[Account]) -> list[Sequence[Event]]:
    """What happens to the giver's account and to that of who gets it. Raises Rejected."""
    giver, receiver = states
    given = account.decide(command, giver)
    assert giver.person is not None
    receive = ReceiveTime(
        at=command.at,
        actor=command.actor,
        giver=giver.person,
        minutes=command.minutes,
        rules=command.rules,
    )
    return [given, _taken(receive, receiver, "to")]


def bequest(command: BequeathAccount, states: Sequence[Account]) -> list[Sequence[Event]]:
    """What happens to the account of who died and to the heir's. Raises Rejected."""
    giver, heir = states
    given = account.decide(command, giver)
    [bequeathed] = [event for event in given if isinstance(event, AccountBequeathed)]
    assert giver.person is not None
    inherit = InheritAccount(
        at=command.at, actor=command.actor, giver=giver.person, minutes=bequeathed.minutes
    )
    return [given, _taken(inherit, heir, "heir")]


def _taken(command: ReceiveTime | InheritAccount, receiver: Account, field: str) -> Sequence[Event]:
    if receiver.status != "open":
        raise Rejected("no_account", "nothing is kept for this person", field)
    return account.decide(command, receiver)

"""Time from an account to a pool: both say so, or neither."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.volunteer.account.decider import account
from services.volunteer.account.time_commands import DonateTime
from services.volunteer.pool.commands import CreditPool
from services.volunteer.pool.decider import pool
from shared.core.messages import Event


def donation(command: DonateTime, states: Sequence[Any]) -> list[Sequence[Event]]:
    """What happens to the pool and to the giver's account, which come in this order. Raises
    Rejected."""
    filled, giver = states
    given = account.decide(command, giver)
    assert giver.person is not None
    credit = CreditPool(
        at=command.at,
        actor=command.actor,
        territory=command.pool,
        giver=giver.person,
        home=giver.territory,
        minutes=command.minutes,
    )
    return [pool.decide(credit, filled), given]

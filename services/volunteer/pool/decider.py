"""The life of a pool: minutes given to a territory, and spent there. It never owes anything."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import assert_never

from services.volunteer.account.time_commands import DonateTime
from services.volunteer.pool.commands import CreditPool, DrawPool, PoolCommand
from services.volunteer.pool.events import PoolCredited, PoolDrawn, PoolEvent
from services.volunteer.pool.state import Pool, PoolStatus
from services.volunteer.pool.upcasters import UPCASTERS
from shared.core.access import Thing
from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.messages import Rejected
from shared.core.state import replace

# For which pools a command is taken.
ALLOWED: Mapping[type[PoolCommand], Set[PoolStatus]] = {
    CreditPool: {"empty", "filled"},
    DrawPool:   {"filled"},
}  # fmt: skip


def decide(command: PoolCommand, pool: Pool) -> list[PoolEvent]:
    """The events a command leads to. Raises Rejected."""
    if pool.status not in ALLOWED[type(command)]:
        raise Rejected("pool_too_low", "nothing was given to this pool yet", "minutes")
    if command.minutes <= 0:
        raise Rejected("minutes_not_positive", "name at least one minute", "minutes")
    match command:
        case CreditPool(at=at, territory=territory, giver=giver, minutes=minutes):
            return [PoolCredited(at=at, territory=territory, giver=giver, minutes=minutes)]
        case DrawPool():
            return [_drawn(command, pool)]
        case _:
            assert_never(command)


def _drawn(command: DrawPool, pool: Pool) -> PoolDrawn:
    if command.help in pool.paid:
        raise Rejected("paid_already", "the pool has paid for this help", "help")
    if command.minutes > pool.balance:
        raise Rejected("pool_too_low", f"the pool holds {pool.balance} minutes", "minutes")
    return PoolDrawn(
        at=command.at,
        territory=pool.territory,
        help=command.help,
        minutes=command.minutes,
        receiver=command.receiver,
        helper=command.helper,
        served=command.served,
    )


def evolve(pool: Pool, event: PoolEvent) -> Pool:
    """The pool after the event."""
    match event:
        case PoolCredited(territory=territory, minutes=minutes):
            balance = pool.balance + minutes
            return replace(pool, status="filled", territory=territory, balance=balance)
        case PoolDrawn(help=help_, minutes=minutes):
            return replace(pool, balance=pool.balance - minutes, paid=pool.paid | {help_})
        case _:
            assert_never(event)


def concerns(command: PoolCommand | DonateTime, pool: Pool) -> Thing:
    """A donation is the giver's own, where they are at home; what is drawn is where the pool is."""
    match command:
        case DonateTime(giver=giver, home=home) | CreditPool(giver=giver, home=home):
            return Thing((home,) if home else (), owner=str(giver))
        case DrawPool(territory=territory):
            return Thing((pool.territory or territory,))
        case _:
            assert_never(command)


pool: Decider[PoolCommand, Pool, PoolEvent] = Decider(
    category="pool",
    initial=Pool(),
    decide=decide,
    evolve=evolve,
    territory=lambda state: state.territory,
    events=Catalogue.of(PoolEvent, UPCASTERS),
    concerns=concerns,
)

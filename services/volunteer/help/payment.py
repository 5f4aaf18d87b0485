"""Time for help: what is put aside when it is asked for leaves the payer's account and comes into
the helper's when it is confirmed, in one command over all three streams.

Who may ask is decided by the request alone: the accounts follow it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from services.volunteer.account.commands import AccountCommand, ApproveHours, LogHours
from services.volunteer.account.decider import account
from services.volunteer.account.events import AccountEvent
from services.volunteer.account.state import Account
from services.volunteer.account.time_commands import HoldTime, RedeemTime, ReleaseTime
from services.volunteer.help.commands import (
    AskHelp,
    ConfirmHelp,
    DropHelp,
    LapseHelp,
    WithdrawHelp,
)
from services.volunteer.help.decider import help_request
from services.volunteer.help.state import Help
from services.volunteer.pool.commands import DrawPool
from services.volunteer.pool.decider import pool
from services.volunteer.pool.state import Pool
from shared.core.access import Thing
from shared.core.decider import Decider
from shared.core.local_time import day_of, end_of
from shared.core.messages import Event

Ending = WithdrawHelp | DropHelp | LapseHelp
Together = list[Sequence[Event]]


def follows(decider: Decider[Any, Any, Any]) -> Decider[Any, Any, Any]:
    """An account, or a pool, that does what a request leads to."""
    return replace(decider, concerns=lambda command, _: Thing(owner=command.actor.id))


def _asked_of(command: Any, state: Account) -> Thing:
    """The account's own place and owner; of one that is not there yet, who would own it."""
    if state.status == "new":
        return Thing(owner=str(command.requester))
    return Thing((state.territory,), owner=state.owner)


ASKED: Decider[Any, Any, Any] = replace(account, concerns=_asked_of)
FOLLOWING = follows(account)
POOL = follows(pool)


def asked(command: AskHelp, help_id: UUID, states: Sequence[Any]) -> Together:
    """What happens to the account that pays, and to the request. Raises Rejected."""
    payer, help_ = states
    requested = help_request.decide(command, help_)
    hold = HoldTime(
        at=command.at,
        actor=command.actor,
        help=help_id,
        minutes=command.minutes,
        rules=command.rules,
        elder=command.elder,
    )
    return [account.decide(hold, payer), requested]


def ended(command: Ending, help_id: UUID, states: Sequence[Any]) -> Together:
    """What happens to the account that would have paid, and to the request. Raises Rejected."""
    payer, help_ = states
    over = help_request.decide(command, help_)
    release = ReleaseTime(at=command.at, actor=command.actor, help=help_id)
    return [account.decide(release, payer), over]


def confirmed(command: ConfirmHelp, help_id: UUID, states: Sequence[Any]) -> Together:
    """What happens to the account or the pool that pays, to the helper's account, and to the
    request. Raises Rejected, and Forbidden for the helper themselves."""
    payer, helper, help_ = states
    confirmation = help_request.decide(command, help_)
    return [
        paid(command, help_id, help_, payer),
        credited(command, help_id, help_, helper),
        confirmation,
    ]


def paid(
    command: ConfirmHelp, help_id: UUID, help_: Help, payer: Account | Pool
) -> Sequence[Event]:
    """What the payer gives for it. Raises Rejected."""
    if isinstance(payer, Account):
        return account.decide(_redeem(command, help_id, help_), payer)
    draw = DrawPool(
        at=command.at,
        actor=command.actor,
        territory=help_.request.pool or help_.territory,
        help=help_id,
        minutes=command.minutes,
        receiver=help_.request.requester,
        helper=command.helper,
        served=help_.territory,
    )
    return pool.decide(draw, payer)


def credited(
    command: ConfirmHelp, help_id: UUID, help_: Help, helper: Account
) -> list[AccountEvent]:
    """The helper's hours: put on record by themselves, approved by who confirms. Raises
    Rejected."""
    logged = account.decide(_record(command, help_id, help_), helper)
    state = account.evolve(helper, logged[0])
    for event in logged[1:]:
        state = account.evolve(state, event)
    approve: AccountCommand = ApproveHours(
        at=command.at, actor=command.actor, record=state.version, rules=command.rules
    )
    return [*logged, *account.decide(approve, state)]


def _redeem(command: ConfirmHelp, help_id: UUID, help_: Help) -> RedeemTime:
    return RedeemTime(
        at=command.at,
        actor=command.actor,
        help=help_id,
        minutes=command.minutes,
        helper=command.helper,
        served=help_.territory,
    )


def _record(command: ConfirmHelp, help_id: UUID, help_: Help) -> LogHours:
    request, done = help_.request, help_.done
    assert done is not None
    day = day_of(done.since or done.at)
    # The helper said it in time; who confirms late does not make it a late entry of theirs.
    late = command.at >= end_of(day) + timedelta(days=command.rules.late_days)
    by_receiver = command.actor.id == str(request.requester)
    return LogHours(
        at=command.at,
        actor=command.actor,
        late_reason=command.late_reason or ("field_work" if late else None),
        person=command.helper,
        home=command.home,
        day=day,
        minutes=command.minutes,
        territory=request.territory,
        service=request.service,
        evidence="receiver" if by_receiver else "recorder",
        rules=command.rules,
        recorder=str(command.helper),
        since=done.since,
        until=done.until,
        help=help_id,
        care=request.care,
        beneficiary=request.requester,
    )

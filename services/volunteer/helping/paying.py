"""Which streams a step of a request touches: the request alone, or what is paid with it, too."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from services.volunteer.account.stream import account_of
from services.volunteer.help import payment
from services.volunteer.help.commands import (
    ConfirmHelp,
    DropHelp,
    HelpCommand,
    LapseHelp,
    WithdrawHelp,
)
from services.volunteer.help.decider import help_request
from services.volunteer.help.state import Help
from services.volunteer.pool.stream import stream_of
from shared.runtime.commands.submission import Identity, Submission, Target, single


def submission_of(asked: HelpCommand, help_id: UUID, found: Help, identity: Identity) -> Submission:
    """The submission of this step. What is written to the request comes last: the receipt is its
    own."""
    request, told = Target(help_request, help_id), found.request
    payer = Target(payment.FOLLOWING, account_of(told.requester))
    decide: Any
    if isinstance(asked, ConfirmHelp):
        if told.paid == "pool":
            payer = Target(payment.POOL, stream_of(told.pool or told.territory))
        helper = Target(payment.FOLLOWING, account_of(asked.helper))
        decide = partial(payment.confirmed, asked, help_id)
        return Submission(identity, asked, (payer, helper, request), decide)
    if isinstance(asked, WithdrawHelp | DropHelp | LapseHelp) and told.paid == "account":
        decide = partial(payment.ended, asked, help_id)
        return Submission(identity, asked, (payer, request), decide)
    return single(request, asked, identity)

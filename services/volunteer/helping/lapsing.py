"""What time alone brings about: a request whose day is over, and that nobody accepted, lapses, and
what was put aside for it is free again."""

from __future__ import annotations

import asyncio
from datetime import datetime
from functools import partial
from typing import Any

from services.volunteer.account.stream import account_of
from services.volunteer.help import payment
from services.volunteer.help.commands import LapseHelp
from services.volunteer.help.decider import help_request
from services.volunteer.queries.helps import Helps
from services.volunteer.service import Volunteers
from shared.core.local_time import day_of
from shared.core.messages import Actor, Rejected
from shared.runtime.commands.ids import derived
from shared.runtime.commands.submission import Identity, Submission, Target, single

WORD = "lapse-help"
AT_ONCE = 500


async def note(service: Volunteers, moment: datetime) -> int:
    """Note each request that has lapsed by this moment; how many those were."""
    rows = await Helps(service.pool).lapsed(day_of(moment), AT_ONCE)
    told = await asyncio.gather(*(_lapse(service, row, moment) for row in rows))
    if done := [position for position in told if position is not None]:
        await service.watermarks.follow(["help_requests"], max(done))
    return len(done)


async def _lapse(service: Volunteers, row: Any, moment: datetime) -> int | None:
    actor = Actor(id="timekeeper", roles=frozenset({"service"}), territory="")
    lapse, help_id = LapseHelp(at=moment, actor=actor), row["help_id"]
    identity = Identity(derived(WORD, str(help_id), row["day"]), WORD.encode())
    request = Target(help_request, help_id)
    submission = single(request, lapse, identity)
    if row["paid"] == "account":
        payer = Target(payment.FOLLOWING, account_of(row["requester"]))
        decide: Any = partial(payment.ended, lapse, help_id)
        submission = Submission(identity, lapse, (payer, request), decide)
    try:
        return (await service.executor.execute(submission)).position
    except Rejected:  # somebody was first: the list has not heard of it yet
        return None

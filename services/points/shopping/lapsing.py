"""What time alone brings about: what nobody fetched in time is free again, points and pieces."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

from services.points.files import state_of
from services.points.queries.redemptions import Redemptions
from services.points.redemption.commands import LapseRedemption
from services.points.redemption.decider import redemption
from services.points.service import PointsService
from services.points.shopping.desk import step
from shared.contracts.erasure import policy_actor
from shared.core.local_time import day_of
from shared.core.messages import Rejected
from shared.runtime.commands.ids import derived
from shared.runtime.commands.submission import Identity

WORD = "lapse-redemption"
AT_ONCE = 200


async def note(service: PointsService, moment: datetime) -> int:
    """Let each be free again that was due by this moment; how many those were."""
    rows = await Redemptions(service.pool).due(moment, AT_ONCE)
    told = await asyncio.gather(*(_lapse(service, row, moment) for row in rows))
    if done := [position for position in told if position is not None]:
        await service.watermarks.follow(["redemptions"], max(done))
    return len(done)


async def _lapse(service: PointsService, row: Any, moment: datetime) -> int | None:
    one = row["redemption_id"]
    found = await state_of(service.pool, redemption, one)
    asked = LapseRedemption(
        at=moment, actor=policy_actor(row["territory"]), asked_on=day_of(moment)
    )
    identity = Identity(derived(WORD, str(one)), WORD.encode())
    try:
        return (await step(service, one, found, asked, identity)).position
    except Rejected:  # somebody was first: the list has not heard of it yet
        return None

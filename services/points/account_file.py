"""An account as the log has it: what is asked of one is checked by that, not by a read model."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from services.points.account.decider import account
from services.points.account.state import Account
from services.points.account.stream import account_of
from services.points.log import EVENTS
from services.points.service import PointsService
from services.points.words import Holder
from shared.core.envelope import Recorded
from shared.runtime.web.problems import Problem
from shared.store import read


async def account_file(service: PointsService, kind: Holder, holder: UUID) -> Account:
    """The account as it stands; a new one where nothing is kept for them."""
    return account.fold(one.event for one in await _told(service, kind, holder))


async def account_then(
    service: PointsService, kind: Holder, holder: UUID, before: datetime
) -> tuple[Account, int]:
    """The account as it was on record before this moment, and the position of the last thing that
    was told of it; 0 for nothing."""
    told = [one for one in await _told(service, kind, holder) if one.recorded_at < before]
    position = told[-1].position if told else 0
    return account.fold(one.event for one in told), position


def no_such_account(holder: UUID) -> Problem:
    """The same answer for one that is not there and for one that is not theirs to see."""
    return Problem(404, "no_such_account", f"there is no account of {holder} that you may see")


async def _told(service: PointsService, kind: Holder, holder: UUID) -> Sequence[Recorded[Any]]:
    async with service.pool.acquire(timeout=10) as connection:
        rows = await read.stream(connection, account_of(kind, holder))
    return [read.decode(EVENTS, row) for row in rows]

"""The sweep: what ended is put on record. Nobody waits for it, for what ended is not spendable
whether or not it was swept; it keeps statements and what is outstanding true."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from services.points.account.commands import ExpirePoints
from services.points.expiring.asking import PASS, TIMEKEEPER, ask, submitted
from services.points.queries.endings import Due, Endings
from services.points.service import PointsService
from shared.core.local_time import day_of
from shared.runtime.commands.submission import Submission

WORD = "expire-points"


async def sweep(service: PointsService, moment: datetime) -> int:
    """Put on record what ended in PASS accounts; in how many of them something did. Those that are
    left are for the next pass."""
    due = await Endings(service.pool).ended(day_of(moment), PASS)
    return await ask(service, due, partial(_expire, moment))


def _expire(moment: datetime, due: Due) -> Submission:
    command = ExpirePoints(at=moment, actor=TIMEKEEPER, asked_on=day_of(moment))
    return submitted(WORD, due, command)

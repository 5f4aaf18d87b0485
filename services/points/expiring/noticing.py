"""Notice: holders are told what ends soon, as many days before as the rules where they live say; of
a month in one piece, so that whoever earns every day is not told every day."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from datetime import date, datetime
from functools import partial

from services.points.account.commands import NoteExpiry
from services.points.expiring.asking import PASS, TIMEKEEPER, ask, submitted
from services.points.queries.endings import Due, Endings
from services.points.rules.lasting import later
from services.points.service import PointsService
from shared.core.local_time import day_of
from shared.runtime.commands.submission import Submission

WORD = "note-expiry"


async def notice(service: PointsService, moment: datetime) -> int:
    """Tell the holders of PASS accounts, for each length of notice; how many were told."""
    endings, today, told = Endings(service.pool), day_of(moment), 0
    for days, places in (await _lengths(service, moment)).items():
        last = later(today, days)
        due = await endings.untold((today, last), places, PASS)
        told += await ask(service, due, partial(_note, moment, until(last)))
    return told


def until(day: str) -> str:
    """The last day of the month of this day."""
    known = date.fromisoformat(day)
    return known.replace(day=monthrange(known.year, known.month)[1]).isoformat()


async def _lengths(service: PointsService, moment: datetime) -> dict[int, list[str]]:
    """How many days before somebody is told, and the places where it is so."""
    places = await Endings(service.pool).places()
    if not places:
        return {}
    await service.map.fresh()
    shelf, lengths = await service.books.fresh(), defaultdict[int, list[str]](list)
    for place in places:
        rules = shelf.in_force(service.above(place), moment)
        lengths[rules.expiry.notice].append(place)
    return lengths


def _note(moment: datetime, last: str, due: Due) -> Submission:
    asked_on = day_of(moment)
    command = NoteExpiry(at=moment, actor=TIMEKEEPER, asked_on=asked_on, until=last)
    return submitted(WORD, due, command)

"""What ends when its last day is over. Whoever touches an account first ends it; until somebody
does, it is not spendable all the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from services.points.account.events import (
    AccountEvent,
    Part,
    PointsCarriedOver,
    PointsExpired,
)
from services.points.account.evolution import evolve
from services.points.account.state import Account, Lot


class Ended(NamedTuple):
    """What happened, and the account once that is on record."""

    events: list[AccountEvent]
    account: Account


def ended(account: Account, today: str, at: datetime) -> Ended:
    """What became of the lots whose last day was before today, day by day; what goes on from one
    may have ended, too."""
    events: list[AccountEvent] = []
    while due := _due(account, today):
        on = account.carried.get(due[0].expires or "", 0)
        for event in _of_day(due, on, at):
            account = evolve(account, event)
            events.append(event)
    return Ended(events, account)


def settled(account: Account, today: str, at: datetime) -> Account:
    """The account once that is on record."""
    return ended(account, today, at).account


def _due(account: Account, today: str) -> Sequence[Lot]:
    """The lots with something left whose last day is the first one that is over."""
    over = [one for one in account.lots.values() if one.left and (one.expires or today) < today]
    day = min((one.expires or "" for one in over), default="")
    return sorted((one for one in over if one.expires == day), key=lambda one: one.number)


def _of_day(due: Sequence[Lot], already: int, at: datetime) -> list[AccountEvent]:
    """The youngest go on, as far as their rules let them, where `already` so many of this day went
    on before; the rest is gone. A lot may be late: what was done on its day was told afterwards."""
    day = due[0].expires or ""
    room = max((one.carry.points for one in due if one.carry), default=0) - already
    carried: list[AccountEvent] = []
    gone: list[Part] = []
    for lot in reversed(due):
        on = max(0, min(lot.left, room)) if lot.carry else 0
        if lot.carry and on:
            until = lot.carry.until
            carried.insert(
                0, PointsCarriedOver(at=at, lot=lot.number, day=day, points=on, expires=until)
            )
            room -= on
        if lot.left > on:
            gone.insert(0, Part(lot=lot.number, points=lot.left - on))
    if not gone:
        return carried
    points = sum(part.points for part in gone)
    return [*carried, PointsExpired(at=at, day=day, points=points, parts=tuple(gone))]

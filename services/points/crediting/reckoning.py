"""What of an account is there on a day, and what time alone will do to it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from services.points.account.ending import ended, settled
from services.points.account.events import PointsCarriedOver, PointsExpired
from services.points.account.state import Account
from services.points.projections.points_accounts import lots_of

NEVER = "9999-12-31"  # no lot ends after it


class Stood(NamedTuple):
    """`free` may be spent on that day, `locked` later; `ended` is what was over by then and had not
    been written down."""

    free: int
    locked: int
    ended: int


def account_in(row: Mapping[str, Any]) -> Account:
    """The account of a row, as far as its lots go."""
    return Account(status="open", version=row["version"], lots=lots_of(row["lots"]))


def stood(account: Account, day: str, at: datetime) -> Stood:
    """What was there on this day."""
    then = settled(account, day, at)
    free, left = then.free(day), _left(then)
    return Stood(free, left - free, _left(account) - left)


def coming(account: Account, day: str, at: datetime) -> list[dict[str, Any]]:
    """With which days something ends, from this one on, if nobody touches the account: the first
    one first."""
    days: dict[str, dict[str, Any]] = {}
    for event in ended(settled(account, day, at), NEVER, at).events:
        assert isinstance(event, PointsExpired | PointsCarriedOver)
        new = {"day": event.day, "points": 0, "carried": 0, "until": None}
        line = days.setdefault(event.day, new)
        line["points"] += event.points
        if isinstance(event, PointsCarriedOver):
            line["carried"] += event.points
            line["until"] = event.expires
    return [days[one] for one in sorted(days)]


def opening(account: Account, day: str) -> list[dict[str, Any]]:
    """From which days on more may be spent than on this one."""
    days: dict[str, int] = {}
    for lot in account.in_order():
        if lot.opens and lot.opens > day:
            days[lot.opens] = days.get(lot.opens, 0) + lot.left
    return [{"day": one, "points": days[one]} for one in sorted(days)]


def _left(account: Account) -> int:
    return sum(lot.left for lot in account.lots.values())

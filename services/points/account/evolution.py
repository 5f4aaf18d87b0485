"""An account after an event. Every event says from which lots, so nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import assert_never

from services.points.account.events import (
    AccountEvent,
    Carry,
    ExpiryNoticed,
    KeeperNamed,
    Part,
    PointsAccountMoved,
    PointsAccountOpened,
    PointsCapped,
    PointsCarriedOver,
    PointsDeducted,
    PointsEarned,
    PointsExpired,
    PointsHeld,
    PointsReceived,
    PointsRedeemed,
    PointsRefunded,
    PointsReleased,
    PointsReversed,
    PointsTransferred,
)
from services.points.account.state import Account, Earned, Hold, Lot
from shared.core.state import replace


def evolve(account: Account, event: AccountEvent) -> Account:  # noqa: C901, PLR0911, PLR0912 - one arm an event
    """The account after the event."""
    account = replace(account, version=account.version + 1)
    match event:
        case PointsAccountOpened():
            return _opened(account, event)
        case PointsAccountMoved(territory=territory):
            return replace(account, territory=territory)
        case KeeperNamed(keeper=keeper):
            return replace(account, keeper=keeper)
        case ExpiryNoticed(day=day):
            return replace(account, noticed=day)
        case PointsEarned():
            return _earned(account, event)
        case PointsCapped(source=source):
            return _sourced(account, source, None)
        case PointsReceived() | PointsRefunded():
            return _came(account, event)
        case PointsCarriedOver():
            return _carried(account, event)
        case PointsDeducted() | PointsTransferred():
            return replace(account, lots=_less(account.lots, event.parts))
        case PointsExpired(parts=parts):
            return _gone(replace(account, lots=_less(account.lots, parts)), parts)
        case PointsHeld():
            return _held(account, event)
        case PointsReleased():
            return _released(account, event)
        case PointsRedeemed(hold=hold):
            spent = replace(account.holds[hold], status="spent")
            return replace(account, holds={**account.holds, hold: spent})
        case PointsReversed(lot=number, parts=parts, owed=owed):
            deed = replace(account.earned[number], back=True)
            earned = {**account.earned, number: deed}
            lots = _less(account.lots, parts)
            return replace(account, lots=lots, earned=earned, debt=account.debt + owed)
        case _:
            assert_never(event)


def _opened(account: Account, event: PointsAccountOpened) -> Account:
    kind, place = event.kind, event.territory
    known = replace(account, kind=kind, holder=event.holder, keeper=event.keeper)
    return replace(known, status="open", territory=place)


def _earned(account: Account, event: PointsEarned) -> Account:
    deed = Earned(event.reason, event.day, event.points, event.source)
    account = _sourced(account, event.source, account.version)
    account = replace(account, earned={**account.earned, account.version: deed})
    account = _in(account, event.points, event.repaid, (event.opens, event.expires, event.carry))
    return _lot(account, replace(account.lots[account.version], origin=account.version))


def _came(account: Account, event: PointsReceived | PointsRefunded) -> Account:
    if isinstance(event, PointsReceived):
        days = (event.opens, event.expires, event.carry)
        return _in(account, event.points, event.repaid, days)
    hold = account.holds[event.hold]
    back = replace(hold, refunded=hold.refunded + event.points)
    account = replace(account, holds={**account.holds, event.hold: back})
    return _in(account, event.points, event.repaid, (None, event.expires, None))


def _in(
    account: Account, points: int, repaid: int, days: tuple[str | None, str | None, Carry | None]
) -> Account:
    account = replace(account, debt=account.debt - repaid)
    return _lot(account, Lot(account.version, points - repaid, *days))


def _lot(account: Account, lot: Lot) -> Account:
    return replace(account, lots={**account.lots, lot.number: lot})


def _held(account: Account, event: PointsHeld) -> Account:
    hold = Hold(event.points, event.parts, event.item, event.quantity, event.day)
    lots = _less(account.lots, event.parts)
    return replace(account, lots=lots, holds={**account.holds, event.hold: hold})


def _released(account: Account, event: PointsReleased) -> Account:
    free = replace(account.holds[event.hold], status="free")
    lots, debt = _more(account.lots, event.parts), account.debt - event.repaid
    account = replace(account, lots=lots, holds={**account.holds, event.hold: free}, debt=debt)
    return _gone(account, event.lapsed)


def _carried(account: Account, event: PointsCarriedOver) -> Account:
    origin = account.lots[event.lot].origin
    left = _less(account.lots, [Part(lot=event.lot, points=event.points)])
    lot = Lot(account.version, event.points, None, event.expires, None, origin)
    on = account.carried.get(event.day, 0) + event.points
    carried = {**account.carried, event.day: on}
    return _lot(replace(account, lots=left, carried=carried), lot)


def _gone(account: Account, parts: Iterable[Part]) -> Account:
    """What ended unspent is taken back from nobody."""
    earned = dict(account.earned)
    for part in parts:
        origin = account.lots[part.lot].origin
        if origin is not None:
            earned[origin] = replace(earned[origin], gone=earned[origin].gone + part.points)
    return replace(account, earned=earned)


def _sourced(account: Account, source: str | None, lot: int | None) -> Account:
    if source is None:
        return account
    return replace(account, sources={**account.sources, source: lot})


def _less(lots: Mapping[int, Lot], parts: Iterable[Part]) -> dict[int, Lot]:
    return _more(lots, [Part(lot=one.lot, points=-one.points) for one in parts])


def _more(lots: Mapping[int, Lot], parts: Iterable[Part]) -> dict[int, Lot]:
    changed = dict(lots)
    for part in parts:
        lot = changed[part.lot]
        changed[part.lot] = replace(lot, left=lot.left + part.points)
    return changed

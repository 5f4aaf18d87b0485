"""An account after an event. Every event says from which lots, so nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import assert_never

from services.points.account.events import (
    AccountEvent,
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


def evolve(account: Account, event: AccountEvent) -> Account:  # noqa: C901, PLR0911 - one arm an event
    """The account after the event."""
    version = account.version + 1
    match event:
        case PointsEarned():
            return _earned(account, event, version)
        case PointsCapped(source=source):
            return replace(account, version=version, sources=_sourced(account, source, None))
        case PointsReceived():
            lot = Lot(version, event.points - event.repaid, event.opens, event.expires, event.carry)
            debt, lots = account.debt - event.repaid, {**account.lots, version: lot}
            return replace(account, version=version, debt=debt, lots=lots)
        case PointsRefunded() | PointsHeld() | PointsReleased() | PointsRedeemed():
            return _bought(account, event, version)
        case PointsCarriedOver():
            return _carried(account, event, version)
        case PointsDeducted() | PointsTransferred():
            return replace(account, version=version, lots=_less(account.lots, event.parts))
        case PointsExpired(parts=parts):
            lots, earned = _less(account.lots, parts), _gone(account, parts)
            return replace(account, version=version, lots=lots, earned=earned)
        case PointsReversed():
            return _reversed(account, event, version)
        case PointsAccountOpened() | PointsAccountMoved() | KeeperNamed() | ExpiryNoticed():
            return _told(account, event, version)
        case _:
            assert_never(event)


def _told(
    account: Account,
    event: PointsAccountOpened | PointsAccountMoved | KeeperNamed | ExpiryNoticed,
    version: int,
) -> Account:
    match event:
        case PointsAccountOpened(kind=kind, holder=holder, keeper=keeper, territory=place):
            known = replace(account, version=version, status="open", territory=place)
            return replace(known, kind=kind, holder=holder, keeper=keeper)
        case PointsAccountMoved(territory=territory):
            return replace(account, version=version, territory=territory)
        case KeeperNamed(keeper=keeper):
            return replace(account, version=version, keeper=keeper)
        case ExpiryNoticed(day=day):
            return replace(account, version=version, noticed=day)


def _earned(account: Account, event: PointsEarned, version: int) -> Account:
    deed = Earned(event.reason, event.day, event.points, event.source)
    left, days = event.points - event.repaid, (event.opens, event.expires, event.carry)
    return replace(
        account,
        version=version,
        lots={**account.lots, version: Lot(version, left, *days, version)},
        earned={**account.earned, version: deed},
        sources=_sourced(account, event.source, version),
        debt=account.debt - event.repaid,
    )


def _bought(
    account: Account,
    event: PointsHeld | PointsReleased | PointsRedeemed | PointsRefunded,
    version: int,
) -> Account:
    if isinstance(event, PointsHeld):
        hold = Hold(event.points, event.parts, event.item, event.quantity, event.day)
        lots = _less(account.lots, event.parts)
        holds = {**account.holds, event.hold: hold}
        return replace(account, version=version, lots=lots, holds=holds)
    hold = account.holds[event.hold]
    match event:
        case PointsRedeemed():
            hold = replace(hold, status="spent")
        case PointsReleased(parts=parts, lapsed=lapsed, repaid=repaid):
            hold = replace(hold, status="free")
            lots, debt = _more(account.lots, parts), account.debt - repaid
            account = replace(account, lots=lots, debt=debt, earned=_gone(account, lapsed))
        case PointsRefunded(points=points, repaid=repaid, expires=expires):
            hold = replace(hold, refunded=hold.refunded + points)
            lot = Lot(version, points - repaid, None, expires)
            lots = {**account.lots, version: lot}
            account = replace(account, lots=lots, debt=account.debt - repaid)
    return replace(account, version=version, holds={**account.holds, event.hold: hold})


def _carried(account: Account, event: PointsCarriedOver, version: int) -> Account:
    lot, on = account.lots[event.lot], account.carried.get(event.day, 0) + event.points
    left = replace(lot, left=lot.left - event.points)
    then = Lot(version, event.points, None, event.expires, None, lot.origin)
    return replace(
        account,
        version=version,
        lots={**account.lots, event.lot: left, version: then},
        carried={**account.carried, event.day: on},
    )


def _reversed(account: Account, event: PointsReversed, version: int) -> Account:
    deed = replace(account.earned[event.lot], back=True)
    return replace(
        account,
        version=version,
        lots=_less(account.lots, event.parts),
        earned={**account.earned, event.lot: deed},
        debt=account.debt + event.owed,
    )


def _gone(account: Account, parts: Iterable[Part]) -> Mapping[int, Earned]:
    """What ended unspent is taken back from nobody."""
    earned = dict(account.earned)
    for part in parts:
        origin = account.lots[part.lot].origin
        if origin is not None:
            earned[origin] = replace(earned[origin], gone=earned[origin].gone + part.points)
    return earned


def _sourced(account: Account, source: str | None, lot: int | None) -> Mapping[str, int | None]:
    return account.sources if source is None else {**account.sources, source: lot}


def _less(lots: Mapping[int, Lot], parts: Iterable[Part]) -> dict[int, Lot]:
    changed = dict(lots)
    for part in parts:
        lot = changed[part.lot]
        changed[part.lot] = replace(lot, left=lot.left - part.points)
    return changed


def _more(lots: Mapping[int, Lot], parts: Iterable[Part]) -> dict[int, Lot]:
    changed = dict(lots)
    for part in parts:
        lot = changed[part.lot]
        changed[part.lot] = replace(lot, left=lot.left + part.points)
    return changed

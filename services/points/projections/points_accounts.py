"""Accounts: the lots of everyone that have something left, what is put aside and what is owed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson

from services.points.account.ending import settled
from services.points.account.events import (
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
    PointsEvent,
    PointsExpired,
    PointsHeld,
    PointsReceived,
    PointsRefunded,
    PointsReleased,
    PointsReversed,
    PointsTransferred,
)
from services.points.account.moving import moved
from services.points.account.outstanding import going_on
from services.points.account.state import Account, Lot
from shared.core.envelope import Recorded
from shared.core.local_time import month_of
from shared.core.projection import ReadModel, Tally
from shared.core.state import replace

Told = PointsAccountOpened | PointsAccountMoved | KeeperNamed | ExpiryNoticed | PointsEvent
Came = PointsEarned | PointsReceived | PointsRefunded
# number, left, opens, expires, what is carried over, until when, the month it came in
Kept = tuple[int, int, str | None, str | None, int, str | None, str]
Lots = dict[int, Kept]


@dataclass(frozen=True)
class PointsAccountRow:
    """One account. `lots` are those with something left, and while something is put aside those of
    it: see `lots_of`. `ends_next` is the last day of the first of them to end, `noticed` the day up
    to which the holder was told what ends, `untold` the first such day after it. `earned` is what
    was ever given and stands."""

    account_id: UUID
    kind: str
    holder: UUID
    keeper: UUID
    territory: str
    version: int
    lots: bytes
    held: int
    debt: int
    earned: int
    ends_next: str | None
    noticed: str
    untold: str | None
    opened_at: datetime


def lots_of(lots: bytes) -> dict[int, Lot]:
    """The lots of a row, by number."""
    return {
        number: Lot(number, left, opens, expires, _carry(carry, until))
        for number, left, opens, expires, carry, until, _ in orjson.loads(lots)
    }


def left_on(row: PointsAccountRow, today: str) -> Account:
    """The account on this day as far as its row has it, whether or not a sweep was there: what is
    left, free and owed."""
    known = Account(
        status="open",
        version=row.version,
        territory=row.territory,
        lots=lots_of(row.lots),
        debt=row.debt,
        noticed=row.noticed,
    )
    return settled(known, today, row.opened_at)


def fold(row: PointsAccountRow | None, recorded: Recorded[Told]) -> PointsAccountRow | None:
    """The account after the event."""
    event = recorded.event
    if isinstance(event, PointsAccountOpened):
        return _opened(recorded, event)
    if row is None:
        return None
    row = replace(row, version=recorded.version)
    match event:
        case PointsAccountMoved(territory=territory):
            return replace(row, territory=territory)
        case KeeperNamed(keeper=keeper):
            return replace(row, keeper=keeper)
        case ExpiryNoticed(day=day):
            ends = [one[3] for one in orjson.loads(row.lots) if one[1] and one[3]]
            return replace(row, noticed=day, untold=_after(day, ends))
        case _:
            return _moved(row, recorded, event)


def _moved(row: PointsAccountRow, recorded: Recorded[Told], event: PointsEvent) -> PointsAccountRow:
    change = moved(event)
    if isinstance(event, PointsCapped):
        return row
    lots: Lots = {one[0]: tuple(one) for one in orjson.loads(row.lots)}
    _change(lots, recorded, event)
    held = row.held + change.held
    kept = [one for one in lots.values() if one[1] or held]
    ends = [one[3] for one in kept if one[1] and one[3]]
    return replace(
        row,
        lots=orjson.dumps(kept),
        held=held,
        debt=row.debt + change.debt,
        earned=row.earned + _earned(event),
        ends_next=min(ends, default=None),
        untold=_after(row.noticed, ends),
    )


def _change(lots: Lots, recorded: Recorded[Told], event: PointsEvent) -> None:
    number, month = recorded.version, month_of(recorded.occurred_at)
    match event:
        case PointsEarned() | PointsReceived():
            carry, until = (event.carry.points, event.carry.until) if event.carry else (0, None)
            left = event.points - event.repaid
            lots[number] = number, left, event.opens, event.expires, carry, until, month
        case PointsRefunded(points=points, repaid=repaid, expires=expires):
            lots[number] = number, points - repaid, None, expires, 0, None, month
        case PointsCarriedOver(lot=lot, points=points, expires=expires):
            lots[number] = number, points, None, expires, 0, None, lots[lot][6]
            _take(lots, [Part(lot=lot, points=points)])
        case PointsReleased(parts=parts):
            _take(lots, [Part(lot=one.lot, points=-one.points) for one in parts])
        case (
            PointsDeducted() | PointsHeld() | PointsReversed() | PointsExpired()
            | PointsTransferred()
        ):  # fmt: skip
            _take(lots, event.parts)
        case _:
            pass


def _take(lots: Lots, parts: Iterable[Part]) -> None:
    for part in parts:
        number, left, *rest = lots[part.lot]
        lots[part.lot] = number, left - part.points, *rest  # type: ignore[assignment]


def _earned(event: PointsEvent) -> int:
    match event:
        case PointsEarned(points=points):
            return points
        case PointsReversed(points=points, ended=ended):
            return -points - ended
        case _:
            return 0


def _opened(recorded: Recorded[Told], event: PointsAccountOpened) -> PointsAccountRow:
    return PointsAccountRow(
        account_id=recorded.stream_id,
        kind=event.kind,
        holder=event.holder,
        keeper=event.keeper,
        territory=event.territory,
        version=recorded.version,
        lots=b"[]",
        held=0,
        debt=0,
        earned=0,
        ends_next=None,
        noticed="",
        untold=None,
        opened_at=recorded.occurred_at,
    )


def _after(noticed: str, ends: Iterable[str]) -> str | None:
    return min((day for day in ends if day > noticed), default=None)


def _carry(points: int, until: str | None) -> Carry | None:
    return Carry(points=points, until=until) if until is not None else None


def _outstanding(row: PointsAccountRow) -> Mapping[tuple[str, ...], Mapping[str, int]]:
    """What is left by the month it came in, the last day on which it may be spent, and the day
    until which it goes on after that; what is put aside and owed has none of them."""
    sums = Counter[tuple[str, str, str, str]]()
    on = going_on(lots_of(row.lots).values())
    for number, left, _, expires, _, until, month in orjson.loads(row.lots):
        more = on.get(number, 0)
        sums[row.territory, month, expires or "", ""] += left - more
        sums[row.territory, month, expires or "", until or ""] += more
    lines: dict[tuple[str, ...], Mapping[str, int]] = {
        key: {"free": points} for key, points in sums.items() if points
    }
    lines[row.territory, "", "", ""] = {"accounts": 1, "held": row.held, "debt": row.debt}
    return lines


points_accounts: ReadModel[PointsAccountRow, Told] = ReadModel(
    name="points_accounts",
    row=PointsAccountRow,
    fold=fold,
    of=Told,
    indexes=("(keeper)", "(ends_next, account_id)", "(territory, untold)"),
    tally=Tally(
        name="points_outstanding",
        keys=("territory", "month", "ends_on", "goes_on"),
        measures=("accounts", "free", "held", "debt"),
        count=_outstanding,
    ),
)

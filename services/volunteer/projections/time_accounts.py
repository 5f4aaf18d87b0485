"""Accounts: what everyone has served, saved, put aside and owes, in minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never
from uuid import UUID

from services.volunteer.account.events import (
    AccountBequeathed,
    AccountInherited,
    TimeBroughtIn,
    TimeDeposited,
    TimeDonated,
    TimeGifted,
    TimeHeld,
    TimeReceived,
    TimeRedeemed,
    TimeReleased,
    TimeReversed,
    TimeTransferredOut,
)
from services.volunteer.account.record_events import (
    AccountMoved,
    AccountOpened,
    HoursApproved,
    HoursReversed,
    VolunteerBarred,
)
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, Tally
from shared.core.state import replace

Credit = TimeDeposited | TimeReceived | TimeBroughtIn | AccountInherited
Debit = TimeGifted | TimeDonated
End = TimeTransferredOut | AccountBequeathed
Held = TimeHeld | TimeReleased | TimeRedeemed
Told = (
    AccountOpened | AccountMoved | VolunteerBarred | HoursApproved | HoursReversed | TimeReversed
    | Credit | Debit | End | Held
)  # fmt: skip


@dataclass(frozen=True)
class TimeAccountRow:
    """One account; `territory` is where the person is at home, `served_on` the last day of which
    hours were approved."""

    account_id: UUID
    person: UUID
    territory: str
    status: str
    version: int
    served: int
    balance: int
    held: int
    debt: int
    served_on: str | None
    barred_until: datetime | None
    opened_at: datetime


def fold(row: TimeAccountRow | None, recorded: Recorded[Told]) -> TimeAccountRow | None:
    """The account after the event."""
    event = recorded.event
    if isinstance(event, AccountOpened):
        return _opened(recorded, event)
    if row is None:
        return None
    return _moved(replace(row, version=recorded.version), event)


def _moved(row: TimeAccountRow, event: Told) -> TimeAccountRow:  # noqa: C901, PLR0911, PLR0912 - one arm a kind of event
    match event:
        case AccountOpened():
            return row
        case AccountMoved(territory=territory):
            return replace(row, territory=territory)
        case VolunteerBarred(until=until):
            return replace(row, barred_until=until)
        case HoursApproved(total=total, day=day):
            return replace(row, served=total, served_on=max(day, row.served_on or day))
        case HoursReversed(total=total):
            return replace(row, served=total)
        case TimeReversed(minutes=minutes, owed=owed):
            return replace(row, balance=row.balance - minutes + owed, debt=row.debt + owed)
        case TimeHeld(minutes=minutes):
            return replace(row, balance=row.balance - minutes, held=row.held + minutes)
        case TimeReleased(minutes=minutes, repaid=repaid):
            return _in(replace(row, held=row.held - minutes), minutes, repaid)
        case TimeRedeemed(minutes=minutes):
            return replace(row, held=row.held - minutes)
        case TimeGifted(minutes=minutes) | TimeDonated(minutes=minutes):
            return replace(row, balance=row.balance - minutes)
        case TimeTransferredOut(minutes=minutes) | AccountBequeathed(minutes=minutes):
            return replace(row, balance=row.balance - minutes, status="closed")
        case TimeDeposited() | TimeReceived() | TimeBroughtIn() | AccountInherited():
            return _in(row, event.minutes, event.repaid)
        case _:
            assert_never(event)


def _in(row: TimeAccountRow, minutes: int, repaid: int) -> TimeAccountRow:
    return replace(row, balance=row.balance + minutes - repaid, debt=row.debt - repaid)


def _opened(recorded: Recorded[Told], event: AccountOpened) -> TimeAccountRow:
    return TimeAccountRow(
        account_id=recorded.stream_id,
        person=event.person,
        territory=event.territory,
        status="open",
        version=recorded.version,
        served=0,
        balance=0,
        held=0,
        debt=0,
        served_on=None,
        barred_until=None,
        opened_at=recorded.occurred_at,
    )


time_accounts: ReadModel[TimeAccountRow, Told] = ReadModel(
    name="time_accounts",
    row=TimeAccountRow,
    fold=fold,
    of=Told,
    indexes=("(person)", "(territory, served)"),
    tally=Tally(
        name="time_liability",
        keys=("territory",),
        measures=("accounts", "served", "balance", "held", "debt"),
        count=lambda row: {
            (row.territory,): {
                "accounts": int(row.status == "open"),
                "served": row.served,
                "balance": row.balance,
                "held": row.held,
                "debt": row.debt,
            }
        },
    ),
)

"""An account after an event. What comes in pays the debt first, by as much as the event says."""

from __future__ import annotations

from typing import assert_never

from services.volunteer.account.events import (
    AccountBequeathed,
    AccountEvent,
    AccountInherited,
    ExcessHonoured,
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
    CertificateIssued,
    HoursApproved,
    HoursLogged,
    HoursRejected,
    HoursReversed,
    VolunteerBarred,
)
from services.volunteer.account.state import Account, Record
from services.volunteer.words import RecordStatus
from shared.core.state import replace


def evolve(account: Account, event: AccountEvent) -> Account:  # noqa: C901, PLR0911, PLR0912 - one arm an event
    """The account after the event."""
    account = replace(account, version=account.version + 1)
    match event:
        case AccountOpened(person=person, territory=territory):
            return replace(account, status="open", person=person, territory=territory)
        case AccountMoved(territory=territory):
            return replace(account, territory=territory)
        case HoursLogged():
            records = {**account.records, account.version: Record(event)}
            return replace(account, records=records)
        case HoursApproved(record=number, total=total):
            return replace(_stands(account, number, "approved"), served=total)
        case HoursRejected(record=number):
            return _stands(account, number, "rejected")
        case HoursReversed(record=number, total=total):
            return replace(_stands(account, number, "reversed"), served=total)
        case VolunteerBarred(until=until):
            return replace(account, barred_until=until)
        case CertificateIssued(serial=serial):
            return replace(account, serials=account.serials | {serial})
        case TimeDeposited(record=number, minutes=minutes, repaid=repaid):
            record = replace(account.records[number], saved=minutes)
            account = replace(account, records={**account.records, number: record})
            return _in(account, minutes, repaid)
        case ExcessHonoured():
            return account
        case TimeReversed(minutes=minutes, owed=owed):
            balance = account.balance - (minutes - owed)
            return replace(account, balance=balance, debt=account.debt + owed)
        case TimeHeld(help=help_, minutes=minutes):
            held = {**account.held, help_: minutes}
            return replace(account, balance=account.balance - minutes, held=held)
        case TimeReleased(help=help_, minutes=minutes, repaid=repaid):
            return _in(_without(account, help_), minutes, repaid)
        case TimeRedeemed(help=help_, minutes=minutes):
            left = account.held[help_] - minutes
            account = _without(account, help_)
            return replace(account, held={**account.held, help_: left}) if left else account
        case TimeGifted(minutes=minutes) | TimeDonated(minutes=minutes):
            return replace(account, balance=account.balance - minutes)
        case TimeTransferredOut(minutes=minutes) | AccountBequeathed(minutes=minutes):
            return replace(account, status="closed", balance=account.balance - minutes)
        case TimeReceived() | TimeBroughtIn() | AccountInherited():
            return _in(account, event.minutes, event.repaid)
        case _:
            assert_never(event)


def _in(account: Account, minutes: int, repaid: int) -> Account:
    balance = account.balance + minutes - repaid
    return replace(account, balance=balance, debt=account.debt - repaid)


def _stands(account: Account, number: int, status: RecordStatus) -> Account:
    known = account.records[number]
    record = replace(known, status=status, decided=account.version)
    return replace(account, records={**account.records, number: record})


def _without(account: Account, help_: object) -> Account:
    held = {other: minutes for other, minutes in account.held.items() if other != help_}
    return replace(account, held=held)

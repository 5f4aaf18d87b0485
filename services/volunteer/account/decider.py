"""The life of an account: hours logged, approved, reversed; time saved, held, spent, given."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import assert_never

from services.volunteer.account import past, records, saving
from services.volunteer.account.commands import (
    AccountCommand,
    ApproveHours,
    BarVolunteer,
    BringInHours,
    IssueCertificate,
    LogHours,
    MoveAccount,
    OpenAccount,
    RejectHours,
    ReverseHours,
)
from services.volunteer.account.events import AccountEvent
from services.volunteer.account.evolution import evolve
from services.volunteer.account.record_events import AccountMoved, AccountOpened
from services.volunteer.account.state import Account
from services.volunteer.account.time_commands import (
    BequeathAccount,
    BringInTime,
    DonateTime,
    GiftTime,
    HoldTime,
    InheritAccount,
    ReceiveTime,
    RedeemTime,
    ReleaseTime,
    TransferOut,
)
from services.volunteer.account.two_people import SEPARATIONS
from services.volunteer.account.upcasters import UPCASTERS
from services.volunteer.words import AccountStatus
from shared.core.access import Thing
from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.messages import Rejected

NEW: Set[AccountStatus] = frozenset({"new", "open"})
OPEN: Set[AccountStatus] = frozenset({"open"})
# What was served before stays open to being looked into, whatever became of the time.
EVER: Set[AccountStatus] = frozenset({"open", "closed"})

# For which accounts a command is taken.
ALLOWED: Mapping[type[AccountCommand], Set[AccountStatus]] = {
    OpenAccount:      {"new"},
    MoveAccount:      OPEN,
    LogHours:         NEW,
    BringInHours:     NEW | EVER,
    ApproveHours:     OPEN,
    RejectHours:      EVER,
    ReverseHours:     EVER,
    BarVolunteer:     EVER,
    IssueCertificate: EVER,
    HoldTime:         OPEN,
    ReleaseTime:      OPEN,
    RedeemTime:       OPEN,
    GiftTime:         OPEN,
    ReceiveTime:      OPEN,
    DonateTime:       OPEN,
    BringInTime:      NEW,
    TransferOut:      OPEN,
    BequeathAccount:  OPEN,
    InheritAccount:   OPEN,
}  # fmt: skip


def decide(command: AccountCommand, account: Account) -> list[AccountEvent]:
    """The events a command leads to. Raises Rejected, and Forbidden where two people are needed."""
    if account.status not in ALLOWED[type(command)]:
        raise _refused(account)
    for separation in SEPARATIONS:
        separation.rule(command, account)
    return _decide(command, account)


def _decide(command: AccountCommand, account: Account) -> list[AccountEvent]:  # noqa: C901, PLR0911, PLR0912 - one arm a command
    match command:
        case OpenAccount(at=at, person=person, territory=territory):
            return [AccountOpened(at=at, person=person, territory=territory)]
        case MoveAccount(at=at, territory=territory):
            same = territory == account.territory
            return [] if same else [AccountMoved(at=at, territory=territory)]
        case BringInHours():
            return past.brought_in(command, account)
        case LogHours():
            return records.logged(command, account)
        case ApproveHours():
            return records.approved(command, account)
        case RejectHours():
            return records.rejected(command, account)
        case ReverseHours():
            return records.reversed_(command, account)
        case BarVolunteer():
            return records.barred(command, account)
        case IssueCertificate():
            return records.certified(command, account)
        case HoldTime():
            return saving.held(command, account)
        case ReleaseTime():
            return saving.released(command, account)
        case RedeemTime():
            return saving.redeemed(command, account)
        case GiftTime():
            return saving.gifted(command, account)
        case ReceiveTime():
            return saving.received(command, account)
        case DonateTime():
            return saving.donated(command, account)
        case BringInTime():
            return saving.brought_in(command, account)
        case TransferOut():
            return saving.transferred(command, account)
        case BequeathAccount():
            return saving.bequeathed(command, account)
        case InheritAccount():
            return saving.inherited(command, account)
        case _:
            assert_never(command)


def concerns(command: AccountCommand, account: Account) -> Thing:
    """Where it was served for what is about a record, else where the account is at home; the
    person's own either way."""
    match command:
        case LogHours(territory=territory, person=person):
            return Thing((territory,), owner=str(person))
        case OpenAccount(territory=territory, person=person):
            return Thing((territory,), owner=str(person))
        case GiftTime(home=home, giver=giver) | BequeathAccount(home=home, giver=giver):
            return Thing((home,), owner=str(giver))
        case BringInTime(home=home, person=person):
            return Thing((account.territory or home,), owner=str(person))
        case ApproveHours(record=number) | RejectHours(record=number) | ReverseHours(record=number):
            record = account.records.get(number)
            place = record.told.territory if record else account.territory
            return Thing((place,) if place else (), owner=account.owner)
        case _:
            places = (account.territory,) if account.territory else ()
            return Thing(places, owner=account.owner)


def _refused(account: Account) -> Rejected:
    match account.status:
        case "new":
            return Rejected("no_account", "nothing is kept for this person", "person")
        case "open":
            return Rejected("account_open", "this person has an account", "person")
        case "closed":
            return Rejected("account_closed", "the account of this person is closed", "person")


account: Decider[AccountCommand, Account, AccountEvent] = Decider(
    category="account",
    initial=Account(),
    decide=decide,
    evolve=evolve,
    territory=lambda state: state.territory,
    events=Catalogue.of(AccountEvent, UPCASTERS),
    concerns=concerns,
)

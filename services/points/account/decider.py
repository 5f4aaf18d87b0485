"""The life of an account: points earned, put aside, spent, taken back, ended, shared.

What ended before today is put on record before anything else is decided.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import assert_never

from services.points.account import earning, spending
from services.points.account.commands import (
    AccountCommand,
    CreditDeed,
    DeductPoints,
    EarnPoints,
    ExpirePoints,
    HoldPoints,
    MovePointsAccount,
    NameKeeper,
    NoteExpiry,
    OpenPointsAccount,
    ReceivePoints,
    RedeemPoints,
    RefundPoints,
    ReleasePoints,
    ReverseDeed,
    ReversePoints,
    TransferPoints,
)
from services.points.account.ending import ended
from services.points.account.events import (
    AccountEvent,
    ExpiryNoticed,
    KeeperNamed,
    PointsAccountMoved,
    PointsAccountOpened,
    PointsReceived,
    PointsTransferred,
)
from services.points.account.evolution import evolve
from services.points.account.state import Account
from services.points.account.taking import positive, taken
from services.points.account.two_people import SEPARATIONS
from services.points.account.upcasters import UPCASTERS
from services.points.words import AccountStatus
from shared.core.access import Thing
from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.messages import Rejected

OPEN: Set[AccountStatus] = frozenset({"open"})
EVER: Set[AccountStatus] = frozenset({"new", "open"})

# For which accounts a command is taken.
ALLOWED: Mapping[type[AccountCommand], Set[AccountStatus]] = {
    OpenPointsAccount: {"new"},
    MovePointsAccount: OPEN,
    NameKeeper:        OPEN,
    EarnPoints:        EVER,
    CreditDeed:        EVER,
    DeductPoints:      OPEN,
    HoldPoints:        OPEN,
    ReleasePoints:     OPEN,
    RedeemPoints:      OPEN,
    RefundPoints:      OPEN,
    ReversePoints:     OPEN,
    ReverseDeed:       EVER,
    TransferPoints:    OPEN,
    ReceivePoints:     OPEN,
    ExpirePoints:      OPEN,
    NoteExpiry:        OPEN,
}  # fmt: skip


def decide(command: AccountCommand, account: Account) -> list[AccountEvent]:
    """The events a command leads to. Raises Rejected, and Forbidden where two people are needed."""
    if account.status not in ALLOWED[type(command)]:
        if account.status == "new":
            raise Rejected("no_account", "nothing is kept for them yet", "holder")
        raise Rejected("account_open", "there is an account already", "holder")
    for separation in SEPARATIONS:
        separation.rule(command, account)
    if isinstance(command, OpenPointsAccount | MovePointsAccount | NameKeeper):
        return _about_the_account(command, account)
    over = ended(account, command.asked_on, command.at)
    return [*over.events, *_decide(command, over.account)]


def _decide(command: AccountCommand, account: Account) -> list[AccountEvent]:  # noqa: C901, PLR0911, PLR0912 - one arm a command
    match command:
        case OpenPointsAccount() | MovePointsAccount() | NameKeeper():
            return _about_the_account(command, account)
        case EarnPoints():
            return earning.earned(command, account)
        case CreditDeed():
            return earning.credited(command, account)
        case DeductPoints():
            return earning.deducted(command, account)
        case ReversePoints():
            return earning.reversed_(command, account)
        case ReverseDeed():
            return earning.undone(command, account)
        case HoldPoints():
            return spending.held(command, account)
        case ReleasePoints():
            return spending.released(command, account)
        case RedeemPoints():
            return spending.redeemed(command, account)
        case RefundPoints():
            return spending.refunded(command, account)
        case TransferPoints():
            return _transferred(command, account)
        case ReceivePoints():
            return _received(command, account)
        case ExpirePoints():
            return []
        case NoteExpiry():
            return _noticed(command, account)
        case _:
            assert_never(command)


def concerns(command: AccountCommand, account: Account) -> Thing:
    """Where the deed was for what is about one, else where the account is at home; it is its
    keeper's own either way."""
    match command:
        case EarnPoints(territory=territory) | CreditDeed(territory=territory):
            return Thing((territory,), owner=account.owner)
        case DeductPoints(territory=territory):
            return Thing((territory,), owner=account.owner)
        case OpenPointsAccount(territory=territory, keeper=keeper):
            return Thing((territory,), owner=str(keeper))
        case TransferPoints(home=home, keeper=keeper):
            return Thing((home,), owner=str(keeper))
        case _:
            places = (account.territory,) if account.territory else ()
            return Thing(places, owner=account.owner)


def _about_the_account(
    command: OpenPointsAccount | MovePointsAccount | NameKeeper, account: Account
) -> list[AccountEvent]:
    match command:
        case OpenPointsAccount(at=at, kind=kind, holder=holder, keeper=keeper):
            if kind == "person" and holder != keeper:
                raise Rejected("keeper_of_a_person", "a person keeps their own account", "keeper")
            place = command.territory
            return [
                PointsAccountOpened(at=at, kind=kind, holder=holder, keeper=keeper, territory=place)
            ]
        case MovePointsAccount(at=at, territory=territory):
            same = territory == account.territory
            return [] if same else [PointsAccountMoved(at=at, territory=territory)]
        case NameKeeper(at=at, keeper=keeper):
            if account.kind == "person":
                raise Rejected("keeper_of_a_person", "a person keeps their own account", "keeper")
            return [] if keeper == account.keeper else [KeeperNamed(at=at, keeper=keeper)]


def _transferred(command: TransferPoints, account: Account) -> list[AccountEvent]:
    if not command.rules.sharing:
        raise Rejected("sharing_off", "the rules here let no points pass to others", None)
    if (command.kind, command.to) == (account.kind, account.holder):
        raise Rejected("transfer_to_oneself", "name another account", "to")
    if not command.same_household:
        raise Rejected("other_household", "points pass within a household only", "to")
    positive(command.points)
    free = account.free(command.asked_on)
    if command.points > free:
        raise Rejected("balance_too_low", f"{free} points may be spent today", "points")
    parts = taken(account.spendable(command.asked_on), command.points)
    return [
        PointsTransferred(
            at=command.at, kind=command.kind, to=command.to, points=command.points, parts=parts
        )
    ]


def _received(command: ReceivePoints, account: Account) -> list[AccountEvent]:
    repaid = min(account.debt, command.points)
    return [
        PointsReceived(
            at=command.at, kind=command.kind, giver=command.giver, points=command.points,
            repaid=repaid, opens=command.opens, expires=command.expires, carry=command.carry,
        )
    ]  # fmt: skip


def _noticed(command: NoteExpiry, account: Account) -> list[AccountEvent]:
    if account.noticed >= command.until:
        return []
    lots = account.in_order()
    points = sum(one.left for one in lots if one.expires and one.expires <= command.until)
    return [ExpiryNoticed(at=command.at, day=command.until, points=points)] if points else []


account: Decider[AccountCommand, Account, AccountEvent] = Decider(
    category="points_account",
    initial=Account(),
    decide=decide,
    evolve=evolve,
    territory=lambda state: state.territory,
    events=Catalogue.of(AccountEvent, UPCASTERS),
    concerns=concerns,
)

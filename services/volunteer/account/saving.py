"""How minutes come into an account and leave it. A debt is paid before anything is free."""

from __future__ import annotations

from services.volunteer.account.commands import ApproveHours, ReverseHours
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
from services.volunteer.account.record_events import AccountOpened
from services.volunteer.account.state import Account, Record
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
from services.volunteer.rules.book import VolunteerRules
from services.volunteer.words import Relation
from shared.core.messages import Rejected


def deposited(command: ApproveHours, account: Account, minutes: int) -> list[AccountEvent]:
    """What of these approved minutes pays a debt and is saved, and what goes past the cap."""
    repaid = min(account.debt, minutes)
    room = max(0, command.rules.cap - account.saved)
    free = min(minutes - repaid, room)
    events: list[AccountEvent] = []
    if saved := repaid + free:
        events.append(
            TimeDeposited(at=command.at, record=command.record, minutes=saved, repaid=repaid)
        )
    if excess := minutes - saved:
        events.append(ExcessHonoured(at=command.at, record=command.record, minutes=excess))
    return events


def taken_back(command: ReverseHours, account: Account, record: Record) -> list[AccountEvent]:
    """What is taken back of a record; what is not free any more is owed."""
    if not record.saved:
        return []
    owed = max(0, record.saved - account.balance)
    return [TimeReversed(at=command.at, record=command.record, minutes=record.saved, owed=owed)]


def held(command: HoldTime, account: Account) -> list[AccountEvent]:
    """Minutes put aside. Raises Rejected."""
    if command.help in account.held:
        raise Rejected("held_already", "minutes are put aside for it already", "help")
    _open(account, command.rules, elder=command.elder)
    _free(account, command.minutes)
    return [TimeHeld(at=command.at, help=command.help, minutes=command.minutes)]


def released(command: ReleaseTime, account: Account) -> list[AccountEvent]:
    """What was put aside, free again. Raises Rejected."""
    minutes = _held(account, command)
    repaid = min(account.debt, minutes)
    return [TimeReleased(at=command.at, help=command.help, minutes=minutes, repaid=repaid)]


def redeemed(command: RedeemTime, account: Account) -> list[AccountEvent]:
    """What was put aside, spent, and the rest free again. Raises Rejected."""
    put_aside, spent = _held(account, command), command.minutes
    if not 0 < spent <= put_aside:
        detail = f"{put_aside} minutes are put aside for it"
        raise Rejected("more_than_held", detail, "minutes")
    events: list[AccountEvent] = [
        TimeRedeemed(
            at=command.at,
            help=command.help,
            minutes=spent,
            helper=command.helper,
            served=command.served,
        )
    ]
    if left := put_aside - spent:
        repaid = min(account.debt, left)
        events.append(TimeReleased(at=command.at, help=command.help, minutes=left, repaid=repaid))
    return events


def gifted(command: GiftTime, account: Account) -> list[AccountEvent]:
    """Minutes given to a relative. Raises Rejected."""
    if command.to == account.person:
        raise Rejected("gift_to_oneself", "name somebody else", "to")
    relation = _related(command.relation, command.rules, "to")
    _open(account, command.rules, elder=command.elder)
    _free(account, command.minutes)
    return [TimeGifted(at=command.at, to=command.to, minutes=command.minutes, relation=relation)]


def received(command: ReceiveTime, account: Account) -> list[AccountEvent]:
    """Minutes that a relative gave. Raises Rejected where they do not fit under the cap."""
    repaid = min(account.debt, command.minutes)
    room = max(0, command.rules.cap - account.saved)
    if command.minutes - repaid > room:
        # how much they have is nobody's business but theirs
        detail = f"with these they would hold more than {command.rules.cap} minutes"
        raise Rejected("recipient_at_cap", detail, "minutes")
    return [
        TimeReceived(at=command.at, giver=command.giver, minutes=command.minutes, repaid=repaid)
    ]


def donated(command: DonateTime, account: Account) -> list[AccountEvent]:
    """Minutes given to a pool. Raises Rejected."""
    _free(account, command.minutes)
    return [TimeDonated(at=command.at, pool=command.pool, minutes=command.minutes)]


def brought_in(command: BringInTime, account: Account) -> list[AccountEvent]:
    """Minutes from elsewhere, whatever the cap: they were earned under other rules. Raises
    Rejected."""
    if command.minutes <= 0:
        raise Rejected("minutes_not_positive", "name at least one minute", "minutes")
    repaid = min(account.debt, command.minutes)
    taken = TimeBroughtIn(
        at=command.at, minutes=command.minutes, repaid=repaid, source=command.source
    )
    if account.status == "open":
        return [taken]
    return [AccountOpened(at=command.at, person=command.person, territory=command.home), taken]


def transferred(command: TransferOut, account: Account) -> list[AccountEvent]:
    """All that was left, elsewhere. Raises Rejected while help is under way or a debt is open."""
    _settled(account)
    if account.debt:
        raise Rejected("debt_open", f"{account.debt} minutes are owed", None)
    return [TimeTransferredOut(at=command.at, minutes=account.balance, place=command.place)]


def bequeathed(command: BequeathAccount, account: Account) -> list[AccountEvent]:
    """All that was left, an heir's. Nobody inherits a debt: it stays with the closed account.
    Raises Rejected."""
    if command.heir == account.person:
        raise Rejected("gift_to_oneself", "name somebody else", "heir")
    relation = _related(command.relation, command.rules, "heir")
    _settled(account)
    return [
        AccountBequeathed(
            at=command.at, heir=command.heir, minutes=account.balance, relation=relation
        )
    ]


def inherited(command: InheritAccount, account: Account) -> list[AccountEvent]:
    """What came from who died, whatever the cap; nothing where nothing was left."""
    if not command.minutes:
        return []
    repaid = min(account.debt, command.minutes)
    return [
        AccountInherited(at=command.at, giver=command.giver, minutes=command.minutes, repaid=repaid)
    ]


def _open(account: Account, rules: VolunteerRules, *, elder: bool) -> None:
    if account.served >= rules.opens or (elder and rules.opens_age is not None):
        return
    aged = f", or with {rules.opens_age} years" if rules.opens_age else ""
    detail = f"time opens with {rules.opens} approved minutes{aged}; these are {account.served}"
    raise Rejected("not_open_yet", detail, None)


def _free(account: Account, minutes: int) -> None:
    if minutes <= 0:
        raise Rejected("minutes_not_positive", "name at least one minute", "minutes")
    if minutes > account.balance:
        detail = f"{account.balance} minutes are free"
        raise Rejected("balance_too_low", detail, "minutes")


def _held(account: Account, command: ReleaseTime | RedeemTime) -> int:
    if command.help not in account.held:
        raise Rejected("nothing_held", "no minutes are put aside for it", "help")
    return account.held[command.help]


def _settled(account: Account) -> None:
    if account.held:
        raise Rejected("help_under_way", "end or withdraw the requests for help first", None)


def _related(relation: Relation | None, rules: VolunteerRules, field: str) -> Relation:
    if relation is None:
        raise Rejected("not_a_relative", "the register knows no relation between the two", field)
    if relation not in rules.kin:
        raise Rejected("not_a_direct_relative", f"a {relation} is no direct relative", field)
    return relation

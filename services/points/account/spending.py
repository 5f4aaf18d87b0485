"""How points are put aside for what somebody chose, spent for it, and given back."""

from __future__ import annotations

from services.points.account.commands import (
    HoldPoints,
    RedeemPoints,
    RefundPoints,
    ReleasePoints,
)
from services.points.account.events import (
    AccountEvent,
    Part,
    PointsHeld,
    PointsRedeemed,
    PointsRefunded,
    PointsReleased,
)
from services.points.account.state import Account, Hold
from services.points.account.taking import positive, taken, without
from services.points.rules.lasting import later
from services.points.words import HoldStatus, Span
from shared.core.messages import Rejected

# How much of a day a span is told by.
LENGTH: dict[Span, int] = {"day": 10, "month": 7, "year": 4, "ever": 0}


def held(command: HoldPoints, account: Account) -> list[AccountEvent]:
    """Points put aside, the first to end first. Raises Rejected."""
    if command.hold in account.holds:
        raise Rejected("held_already", "points are put aside for it already", "hold")
    positive(command.points)
    _enough(command, account)
    _within_limit(command, account)
    free = account.free(command.asked_on)
    if command.points > free:
        raise Rejected("balance_too_low", f"{free} points may be spent today", "points")
    return [
        PointsHeld(
            at=command.at,
            hold=command.hold,
            points=command.points,
            parts=taken(account.spendable(command.asked_on), command.points),
            item=command.item,
            quantity=command.quantity,
            day=command.asked_on,
        )
    ]


def released(command: ReleasePoints, account: Account) -> list[AccountEvent]:
    """What was put aside, free again: it pays a debt first, which a reversal would not have opened
    with these points at hand; what ended meanwhile of the rest is gone. Raises Rejected."""
    hold = _hold(account, command, "open")
    repaid = min(account.debt, hold.points)
    rest = without(hold.parts, repaid)
    over = tuple(part for part in rest if _over(account, part, command.asked_on))
    return [
        PointsReleased(
            at=command.at,
            hold=command.hold,
            points=hold.points,
            parts=tuple(part for part in rest if part not in over),
            lapsed=over,
            repaid=repaid,
        )
    ]


def redeemed(command: RedeemPoints, account: Account) -> list[AccountEvent]:
    """What was put aside, spent. Raises Rejected."""
    hold = _hold(account, command, "open")
    return [PointsRedeemed(at=command.at, hold=command.hold, points=hold.points)]


def refunded(command: RefundPoints, account: Account) -> list[AccountEvent]:
    """Points given back as a lot, which ends with the last of those that were spent, but not before
    there was time to spend it. Raises Rejected."""
    hold = _hold(account, command, "spent")
    positive(command.points)
    if command.points > (left := hold.points - hold.refunded):
        raise Rejected("more_than_spent", f"{left} points of it were spent", "points")
    lasts = [account.lots[part.lot].expires for part in hold.parts]
    least = later(command.asked_on, command.rules.refund_days)
    known = [day for day in lasts if day is not None]
    expires = max(least, *known) if len(known) == len(lasts) else None
    repaid = min(account.debt, command.points)
    return [
        PointsRefunded(
            at=command.at,
            hold=command.hold,
            points=command.points,
            repaid=repaid,
            expires=expires,
        )
    ]


def _enough(command: HoldPoints, account: Account) -> None:
    rules = command.rules
    ever = sum(one.points for one in account.earned.values() if not one.back)
    if ever < rules.opens:
        detail = f"points are spent once {rules.opens} were earned; these are {ever}"
        raise Rejected("not_open_yet", detail, None)
    if command.points < rules.least:
        raise Rejected("below_least", f"{rules.least} points are spent at least", "points")


def _within_limit(command: HoldPoints, account: Account) -> None:
    limit = command.limit
    if limit is None:
        return
    length = LENGTH[limit.per]
    had = sum(
        one.quantity
        for one in account.holds.values()
        if one.item == command.item
        and one.day[:length] == command.asked_on[:length]
        and one.status != "free"
        and one.refunded < one.points
    )
    if had + command.quantity > limit.quantity:
        detail = f"{limit.quantity} for each within a {limit.per}; there were {had} already"
        raise Rejected("limit_reached", detail, "quantity")


def _hold(account: Account, command: ReleasePoints | RedeemPoints | RefundPoints,
          status: HoldStatus) -> Hold:  # fmt: skip
    hold = account.holds.get(command.hold)
    if hold is None or hold.status != status:
        raise Rejected("nothing_held", "no points are put aside, or were spent, for it", "hold")
    return hold


def _over(account: Account, part: Part, today: str) -> bool:
    return (account.lots[part.lot].expires or today) < today

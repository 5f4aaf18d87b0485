"""How points come in, are taken for what was done, and are taken back. A debt is paid first."""

from __future__ import annotations

from typing import Any

from services.points.account.commands import (
    CreditDeed,
    DeductPoints,
    EarnPoints,
    ReverseDeed,
    ReversePoints,
)
from services.points.account.events import (
    AccountEvent,
    PointsAccountOpened,
    PointsCapped,
    PointsDeducted,
    PointsEarned,
    PointsReversed,
)
from services.points.account.showing import shown
from services.points.account.state import Account
from services.points.account.taking import sum_of, taken
from services.points.rules.book import Reason
from services.points.rules.granting import Counted, count, granted, worth
from services.points.rules.lasting import lasting
from services.points.words import ReversalReason
from shared.core.messages import Rejected


def earned(command: EarnPoints, account: Account) -> list[AccountEvent]:
    """What a deed brings. Raises Rejected."""
    reason = command.rules.reason(command.reason)
    if reason is None or reason.taken:
        detail = f"rules {command.rules.version} give no points for {command.reason}"
        raise Rejected("no_such_reason", detail, "reason")
    shown(command, reason)
    _was(command)
    if account.status == "new" and command.kind != "person":
        raise Rejected("no_account", "open an account for the household first", "holder")
    if _known(account, command.source):
        return []
    events = _brought(command, account, reason)
    if not events:
        raise Rejected("nothing_to_give", "so little of it brings no point", "quantity")
    return events


def credited(command: CreditDeed, account: Account) -> list[AccountEvent]:
    """What the rules give for a deed elsewhere; nothing for one that they do not know. Raises
    Rejected without rules."""
    rules = command.rules
    if rules is None:
        raise Rejected("rules_missing", "nothing says which rules are in force", "rules")
    reason = rules.reason(rules.reactions.get(command.deed, ""))
    if reason is None or _known(account, command.source):
        return []
    asked = EarnPoints(
        at=command.at,
        actor=command.actor,
        late_reason=command.late_reason,
        asked_on=command.asked_on,
        holder=command.person,
        home=command.home,
        reason=reason.code,
        quantity=command.quantity,
        day=command.day,
        territory=command.territory,
        rules=rules,
        source=command.source,
    )
    return _brought(asked, account, reason)


def deducted(command: DeductPoints, account: Account) -> list[AccountEvent]:
    """What is taken: as much of it as may be spent. Raises Rejected."""
    reason = command.rules.reason(command.reason)
    if reason is None or not reason.taken:
        detail = f"rules {command.rules.version} take no points for {command.reason}"
        raise Rejected("no_such_reason", detail, "reason")
    shown(command, reason)
    _was(command)
    asked = worth(reason, command.quantity)
    parts = taken(account.spendable(command.asked_on), asked)
    points = sum_of(parts)
    return [
        PointsDeducted(
            at=command.at,
            late_reason=command.late_reason,
            reason=reason.code,
            day=command.day,
            points=points,
            waived=asked - points,
            parts=parts,
            rules=command.rules.version,
            territory=command.territory,
            note=command.note,
            proof=command.proof,
        )
    ]


def reversed_(command: ReversePoints, account: Account) -> list[AccountEvent]:
    """What a lot brought, taken back: from what is left of it, then from the others. What ended
    unspent is taken back from nobody. Raises Rejected."""
    deed = account.earned.get(command.lot)
    if deed is None:
        raise Rejected("no_such_lot", f"nothing was earned as {command.lot}", "lot")
    if deed.back:
        raise Rejected("is_reversed", "these points were taken back already", "lot")
    return _taken_back(command, account, command.lot, command.reason)


def undone(command: ReverseDeed, account: Account) -> list[AccountEvent]:
    """What a deed elsewhere brought, taken back; nothing where it brought nothing."""
    lot = account.sources.get(command.source)
    if lot is None or account.earned[lot].back:
        return []
    return _taken_back(command, account, lot, "reversed_at_source")


def counted(account: Account) -> Counted:
    """What the account was given so far, by reason, day and month; what was reversed leaves
    room."""
    so_far = Counted()
    for deed in account.earned.values():
        if not deed.back:
            count(so_far, deed.reason, deed.day, deed.points)
    return so_far


def _brought(command: EarnPoints, account: Account, reason: Reason) -> list[AccountEvent]:
    rules, done = command.rules, (command.quantity, command.day)
    given = granted(rules, reason, done, counted(account))
    about: dict[str, Any] = {
        "at": command.at, "late_reason": command.late_reason, "reason": reason.code,
        "quantity": command.quantity, "day": command.day, "rules": rules.version,
        "territory": command.territory, "source": command.source, "over": given.over,
    }  # fmt: skip
    if not given.points:
        return [*_opened(command, account), PointsCapped(**about)] if given.over else []
    lasts = lasting(rules.expiry, command.asked_on)._asdict()
    repaid = min(account.debt, given.points)
    about |= {"note": command.note, "proof": command.proof}
    earned_ = PointsEarned(points=given.points, repaid=repaid, **lasts, **about)
    return [*_opened(command, account), earned_]


def _opened(command: EarnPoints, account: Account) -> list[AccountEvent]:
    if account.status == "open":
        return []
    holder, home = command.holder, command.home
    return [
        PointsAccountOpened(
            at=command.at, kind="person", holder=holder, keeper=holder, territory=home
        )
    ]


def _taken_back(
    command: ReversePoints | ReverseDeed, account: Account, lot: int, reason: ReversalReason
) -> list[AccountEvent]:
    deed = account.earned[lot]
    points = deed.points - deed.gone
    own_first = sorted(account.in_order(), key=lambda one: one.origin != lot)
    parts = taken(own_first, points)
    owed = points - sum_of(parts)
    return [
        PointsReversed(
            at=command.at,
            lot=lot,
            points=points,
            parts=parts,
            owed=owed,
            ended=deed.gone,
            reason=reason,
        )
    ]


def _known(account: Account, source: str | None) -> bool:
    return source is not None and source in account.sources


def _was(command: EarnPoints | DeductPoints) -> None:
    if command.quantity <= 0:
        raise Rejected("quantity_not_positive", "name at least one", "quantity")
    if command.day > command.asked_on:
        raise Rejected("day_ahead", f"it is {command.asked_on} today", "day")

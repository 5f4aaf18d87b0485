"""Records of an earlier system, with all that became of them there, in one go.

They count as served and save nothing: what an account held when it was taken over comes as one
opening balance, so a record that is brought in late changes no balance, of then or of now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.volunteer.account import records
from services.volunteer.account.record_events import (
    AccountOpened,
    HoursApproved,
    HoursLogged,
    HoursReversed,
)
from shared.core.messages import Rejected

if TYPE_CHECKING:
    from services.volunteer.account.commands import BringInHours
    from services.volunteer.account.events import AccountEvent
    from services.volunteer.account.state import Account


def brought_in(command: BringInHours, account: Account) -> list[AccountEvent]:
    """The record, its approval and its reversal, after the account where there was none. Raises
    Rejected."""
    _by_two(command)
    opened: list[AccountEvent] = []
    if account.status == "new":
        home = command.home
        opened = [AccountOpened(at=command.at, person=command.person, territory=home)]
    logged = records.told(command, account)
    number = account.version + len(opened) + 1
    return [*opened, logged, *_after(command, account, logged, number)]


def _by_two(command: BringInHours) -> None:
    if command.approver is None:
        if command.reason is not None:
            raise Rejected("reversed_unapproved", "only approved hours are reversed", "reason")
        return
    if command.approver == command.recorder:
        detail = "it was approved by who put it on record: another person has to approve it here"
        raise Rejected("approval_by_recorder", detail, "approver")
    if command.approver == str(command.person):
        detail = "they approved their own hours: another person has to approve them here"
        raise Rejected("approval_by_volunteer", detail, "approver")


def _after(
    command: BringInHours, account: Account, logged: HoursLogged, number: int
) -> list[AccountEvent]:
    if command.approver is None:
        return []
    about = {
        "person": logged.person, "record": number, "minutes": logged.minutes, "day": logged.day,
        "territory": logged.territory, "service": logged.service, "activity": logged.activity,
        "team": logged.team,
    }  # fmt: skip
    at, total = max(command.approved_at or command.at, command.at), account.served
    approval = HoursApproved(
        at=at, approver=command.approver, total=total + logged.minutes, **about
    )
    if command.reason is None:
        return [approval]
    gone = max(command.reversed_at or at, at)
    return [approval, HoursReversed(at=gone, reason=command.reason, total=total, **about)]

"""What two people have to do with hours: who says it, and who says that it is so."""

from __future__ import annotations

from services.volunteer.account.commands import AccountCommand, ApproveHours
from services.volunteer.account.state import Account
from shared.core.access import Separation
from shared.core.messages import Forbidden


def approval_by_recorder(command: AccountCommand, account: Account) -> None:
    """Who put hours on record does not approve them. Raises Forbidden."""
    if not isinstance(command, ApproveHours):
        return
    record = account.records.get(command.record)
    if record is not None and record.told.recorder == command.actor.id:
        detail = "you put these hours on record: another person has to approve them"
        raise Forbidden("approval_by_recorder", detail)


def approval_by_volunteer(command: AccountCommand, account: Account) -> None:
    """Nobody approves hours of their own. Raises Forbidden."""
    if isinstance(command, ApproveHours) and command.actor.id == account.owner:
        raise Forbidden("approval_by_volunteer", "these are your own hours: another approves them")


SEPARATIONS = (
    Separation(("log_hours",), "approve_hours", "person", approval_by_recorder),
    Separation(("log_hours",), "approve_hours", "person", approval_by_volunteer, of="own hours"),
)

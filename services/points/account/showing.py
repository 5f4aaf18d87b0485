"""Who gives or takes points at once, and what they have to show. Pure."""

from __future__ import annotations

from services.points.account.commands import DeductPoints, EarnPoints
from services.points.account.state import Account
from services.points.rules.book import Reason
from shared.core.messages import Forbidden, Rejected


def shown(command: EarnPoints | DeductPoints, reason: Reason, account: Account) -> None:
    """Raises Forbidden for somebody whom the rules do not let give this, and for one's own account;
    Rejected for what is not shown as they ask."""
    if not command.at_once:
        return
    if not command.actor.roles & set(reason.granted_by):
        roles = ", ".join(reason.granted_by) or "nobody"
        detail = f"{reason.code} is given at once by {roles}: claim it, and a reviewer decides"
        raise Forbidden("not_a_giver", detail)
    holder = command.holder if isinstance(command, EarnPoints) else account.holder
    if command.actor.id in (str(holder), account.owner):
        raise Forbidden("own_points", "nobody gives points to themselves: another has to")
    if reason.evidence == "words" and command.note is None:
        raise Rejected("words_missing", "say what was done", "note")
    if reason.evidence == "photo" and command.proof is None:
        raise Rejected("photo_missing", "show a photo of it", "proof")

"""Whom the rules let give or take points at once, and what they have to show. Pure."""

from __future__ import annotations

from services.points.account.commands import DeductPoints, EarnPoints
from services.points.rules.book import Reason
from shared.core.messages import Rejected


def shown(command: EarnPoints | DeductPoints, reason: Reason) -> None:
    """Raises Rejected for somebody whom the rules do not let give this, and for what is not shown
    as they ask."""
    if not command.at_once:
        return
    if not command.actor.roles & set(reason.granted_by):
        roles = ", ".join(reason.granted_by) or "nobody"
        detail = f"{reason.code} is given at once by {roles}: claim it, and a reviewer decides"
        raise Rejected("not_a_giver", detail, "reason")
    if reason.evidence == "words" and command.note is None:
        raise Rejected("words_missing", "say what was done", "note")
    if reason.evidence == "photo" and command.proof is None:
        raise Rejected("photo_missing", "show a photo of it", "proof")

"""For what points may be claimed, and what has to be shown for them."""

from __future__ import annotations

from datetime import date, timedelta

from services.points.claim.commands import ClaimPoints
from services.points.rules.book import PointsRules, Reason
from services.points.rules.granting import worth
from shared.core.messages import Rejected

LATE = 30  # days after which a claim says why it comes so late
TIMES = 100  # at most in one claim
DAY = 24 * 60  # minutes


def claimable(rules: PointsRules, reason: Reason) -> bool:
    """Whether somebody may claim it. What another service tells of comes by itself: where nobody is
    named who may give points for it by hand, claiming it would bring them twice."""
    by_itself = reason.code in rules.reactions.values() and not reason.granted_by
    return not reason.taken and not by_itself


def check(command: ClaimPoints) -> None:
    """Raises Rejected for what no points may be claimed for."""
    reason = command.rules.reason(command.reason)
    if reason is None or reason.taken:
        detail = f"rules {command.rules.version} give no points for {command.reason}"
        raise Rejected("no_such_reason", detail, "reason")
    if not claimable(command.rules, reason):
        detail = f"points for {reason.code} come by themselves once the deed is on record"
        raise Rejected("comes_by_itself", detail, "reason")
    _much(command, reason)
    _timely(command)
    _shown(command, reason)


def _much(command: ClaimPoints, reason: Reason) -> None:
    if command.quantity <= 0:
        raise Rejected("quantity_not_positive", "name at least one", "quantity")
    if reason.unit == "hour" and command.quantity > DAY:
        raise Rejected("more_than_a_day", f"a day has {DAY} minutes", "quantity")
    if reason.unit == "each" and command.quantity > TIMES:
        raise Rejected("too_many_times", f"at most {TIMES} times in one claim", "quantity")
    if not worth(reason, command.quantity):
        raise Rejected("nothing_to_give", "so little of it brings no point", "quantity")


def _timely(command: ClaimPoints) -> None:
    if command.day > command.asked_on:
        raise Rejected("day_ahead", f"it is {command.asked_on} today", "day")
    last = date.fromisoformat(command.day) + timedelta(days=LATE)
    if command.asked_on > last.isoformat() and command.late_reason is None:
        detail = f"more than {LATE} days after {command.day}: say why it is entered late"
        raise Rejected("late_entry_needs_reason", detail, "late_reason")


def _shown(command: ClaimPoints, reason: Reason) -> None:
    if reason.evidence == "photo" and command.proof is None:
        raise Rejected("photo_missing", f"{reason.code} is shown by a photo", "proof")
    if reason.evidence == "words" and command.words is None and command.proof is None:
        raise Rejected("words_missing", f"say what was done as {reason.code}", "words")

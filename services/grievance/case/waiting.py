"""More time: an extension that another person decides, and the shelf for what cannot be settled."""

from __future__ import annotations

from datetime import datetime

from services.grievance.case import clocks
from services.grievance.case.commands import (
    DecideExtension,
    RequestExtension,
    ReviewShelved,
    ShelveCase,
)
from services.grievance.case.events import (
    CaseEvent,
    CaseShelved,
    ExtensionGranted,
    ExtensionRefused,
    ExtensionRequested,
    ShelvedCaseReviewed,
)
from services.grievance.case.state import Case
from services.grievance.rules.book import RuleBook
from services.grievance.rules.limit import within
from shared.core.local_time import day_of
from shared.core.messages import Rejected


def requested(command: RequestExtension, case: Case, at: datetime) -> list[CaseEvent]:
    """More time asked for. Raises Rejected for a second time in a round, for too much, and once
    the time is over."""
    if case.extension != "no":
        raise Rejected("extension_was_asked", "a round can be prolonged once, and was asked for")
    if "handle" not in case.running:
        raise Rejected("nothing_to_prolong", "no time to handle it is running, or it is over")
    if command.book is not None:
        most = command.book.prolonging(case.case_type)
        if not within(clocks.length(command.days, case.case_type, command.book), most):
            raise Rejected("too_long", f"it can be prolonged by {most} at most", "days")
    told = {"days": command.days, "reason": command.reason, "grounds": command.grounds}
    return [ExtensionRequested(at=at, by=command.actor.id, **told)]


def decided(command: DecideExtension, case: Case, at: datetime) -> list[CaseEvent]:
    """More time given, or not. Raises Rejected where nobody has asked."""
    if case.extension != "asked":
        raise Rejected("nothing_was_asked", "no extension waits to be decided")
    if command.granted:
        return [ExtensionGranted(at=at, days=case.days, explanation=command.explanation)]
    return [ExtensionRefused(at=at, explanation=command.explanation)]


def shelved(command: ShelveCase, case: Case, at: datetime) -> list[CaseEvent]:
    """Put on the shelf. Raises Rejected before its time is out or was prolonged (rule (d2): still
    unsolved after time and extension)."""
    if "handle" in case.running and case.extension != "granted":
        detail = "it can be shelved once its time is out, or was prolonged"
        raise Rejected("too_early_to_shelve", detail)
    _check_review(command.review_on, command.book, at)
    return [CaseShelved(at=at, review_on=command.review_on, explanation=command.explanation)]


def reviewed(command: ReviewShelved, at: datetime) -> list[CaseEvent]:
    """Taken up again, or looked at again on another day. Raises Rejected without that day."""
    if command.resumed:
        return [ShelvedCaseReviewed(at=at, resumed=True, explanation=command.explanation)]
    if command.review_on is None:
        raise Rejected("review_missing", "say when it is looked at again", "review_on")
    _check_review(command.review_on, command.book, at)
    day, words = command.review_on, command.explanation
    return [ShelvedCaseReviewed(at=at, resumed=False, review_on=day, explanation=words)]


def _check_review(day: str, book: RuleBook | None, at: datetime) -> None:
    if day <= day_of(at):
        raise Rejected("review_is_past", "name a day to come", "review_on")
    if book is not None and day > (last := day_of(book.due(book.shelves, at))):
        raise Rejected("review_is_too_late", f"name a day until {last}", "review_on")

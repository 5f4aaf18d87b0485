"""Who watches: levels, supervision, what does not count, what a clue is worth."""

from __future__ import annotations

from datetime import datetime

from services.grievance.case.commands import (
    DecideExclusion,
    EndSupervision,
    OpenSupervision,
    RaiseLevel,
    RequestExclusion,
    VerifyClue,
)
from services.grievance.case.events import (
    CaseEvent,
    ClueVerified,
    ExclusionGranted,
    ExclusionRefused,
    ExclusionRequested,
    LevelRaised,
    SupervisionEnded,
    SupervisionOpened,
)
from services.grievance.case.state import Case
from services.grievance.rules.book import RuleBook
from services.grievance.words import RaiseReason
from shared.core.messages import Rejected

HIGHEST = 2  # the district's


def grounds(case: Case, book: RuleBook) -> RaiseReason | None:
    """Why a case may move up a level; None while it may not."""
    if case.level >= HIGHEST:
        return None
    if case.redos >= book.redos:
        return "redone_too_often"
    return "no_lead" if len(case.bounced) >= book.units else None


def raised(command: RaiseLevel, case: Case, at: datetime) -> list[CaseEvent]:
    """A level up. Raises Rejected unless it was redone, or passed between units, too often."""
    book = command.book
    reason = grounds(case, book) if book else None
    if book is None or reason is None:
        often = f"{book.redos} redos or {book.units} units without a lead" if book else "a rule"
        raise Rejected("no_grounds_to_raise", f"a case moves up after {often}, twice at most")
    return [LevelRaised(at=at, level=case.level + 1, reason=reason)]


def opened(command: OpenSupervision, case: Case, at: datetime) -> list[CaseEvent]:
    """Special watch. Raises Rejected where there is one."""
    if case.supervised:
        raise Rejected("is_supervised", "the case is under supervision already")
    return [SupervisionOpened(at=at, words=command.words)]


def ended(command: EndSupervision, case: Case, at: datetime) -> list[CaseEvent]:
    """No special watch any more. Raises Rejected where there is none."""
    if not case.supervised:
        raise Rejected("is_not_supervised", "the case is not under supervision")
    return [SupervisionEnded(at=at, words=command.words)]


def exclusion_asked(command: RequestExclusion, case: Case, at: datetime) -> list[CaseEvent]:
    """Asked not to count. Raises Rejected where that waits, or was granted."""
    if case.exclusion in ("asked", "granted"):
        raise Rejected("exclusion_was_asked", "this was asked for already")
    reason, why, by = command.reason, command.grounds, command.actor.id
    return [ExclusionRequested(at=at, reason=reason, grounds=why, by=by)]


def exclusion_decided(command: DecideExclusion, case: Case, at: datetime) -> list[CaseEvent]:
    """Whether it counts. Raises Rejected where nobody has asked."""
    if case.exclusion != "asked":
        raise Rejected("nothing_was_asked", "no exclusion waits to be decided")
    if command.granted:
        return [ExclusionGranted(at=at, words=command.words)]
    return [ExclusionRefused(at=at, words=command.words)]


def verified(command: VerifyClue, case: Case, at: datetime) -> list[CaseEvent]:
    """Whether the clue holds. Raises Rejected for what is none, and for a second finding."""
    if case.case_type != "clue":
        raise Rejected("not_a_clue", "only what was filed as a clue is verified")
    if case.verified is not None:
        raise Rejected("clue_was_verified", "this was looked into already")
    return [ClueVerified(at=at, holds=command.holds, words=command.words, **case.credited)]

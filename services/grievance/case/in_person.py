"""What petitioners may do with their own case, by number and code."""

from __future__ import annotations

from datetime import datetime

from services.grievance.case.commands import AnswerCallback, AskReopen, AskWithdrawal
from services.grievance.case.events import CallbackRecorded, CaseClosed, CaseReopened
from services.grievance.case.state import Case
from services.grievance.rules.book_2026_1 import BOOK
from shared.core.access import action_of
from shared.core.local_time import day_of
from shared.core.messages import Rejected

ANSWERABLE = frozenset({"replied", "callback"})


def may(case: Case, at: datetime) -> list[str]:
    """The actions that would be taken at this moment."""
    until = reopens_until(case)
    told = {
        action_of(AnswerCallback): case.status in ANSWERABLE and not case.reached,
        action_of(AskReopen): until is not None and at <= until,
        action_of(AskWithdrawal): case.status != "new" and not case.is_over,
    }
    return [action for action, allowed in told.items() if allowed]


def reopens_until(case: Case) -> datetime | None:
    """Until when a new round may be asked for; None for a case that is not closed.

    The close has promised it. Where it was told of the past, or of a time before promises, it is
    counted from the close by the first rule book, never from what was touched last.
    """
    if case.status != "closed":
        return None
    closed = next(event for event in reversed(case.past) if isinstance(event, CaseClosed))
    return (closed.due or {}).get("reopen") or BOOK.due(BOOK.reopen, closed.at)


def answered(command: AnswerCallback, case: Case, at: datetime) -> CallbackRecorded:
    """The callback that the petitioner answers unasked. Raises Rejected for a second answer."""
    if case.reached:
        raise Rejected("already_called_back", "there is an answer already; one a round is enough")
    return CallbackRecorded(
        at=at,
        contacted=True,
        resolved=command.resolved,
        satisfied=command.satisfied,
        words=command.words,
        **case.credited,
    )


def reopened(command: AskReopen, case: Case, at: datetime) -> CaseReopened:
    """The new round. Raises Rejected when the time for it is over."""
    until = reopens_until(case)
    if until is not None and at > until:
        closed = next(event.at for event in reversed(case.past) if isinstance(event, CaseClosed))
        detail = (
            f"the case was closed on {day_of(closed)}, and this could be asked for until "
            f"{day_of(until)}: file a new petition and name the number of this one"
        )
        raise Rejected("reopening_is_over", detail)
    return CaseReopened(at=at, reason=command.reason)

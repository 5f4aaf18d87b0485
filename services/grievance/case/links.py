"""Two cases about the same matter: both say so, and the duplicate ends by it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.grievance.case.commands import JoinCampaign, LinkCase
from services.grievance.case.events import (
    CaseClosed,
    CaseEvent,
    CaseLinked,
    CaseLinkedToCampaign,
)
from services.grievance.case.state import Case
from shared.core.messages import Rejected


def linked(command: LinkCase, case: Case, at: datetime) -> list[CaseEvent]:
    """The link as one of the two has it. Raises Rejected for a second one of the same kind between
    them, and for a duplicate whose case is over."""
    known = [event for event in case.past if isinstance(event, CaseLinked)]
    if any(event.other == command.other for event in known):
        raise Rejected("is_linked", "these two cases are linked already", "original")
    link = CaseLinked(at=at, other=command.other, relation=command.relation)
    if command.relation == "has_duplicate":
        return [link]
    if case.is_over:
        raise Rejected("case_is_over", "a case that is over is nobody's duplicate any more")
    return [link, CaseClosed(at=at, outcome="duplicate")]


def joined(command: JoinCampaign, case: Case, at: datetime) -> list[CaseEvent]:
    """In the campaign, as the case has it. Raises Rejected the second time."""
    known = [event for event in case.past if isinstance(event, CaseLinkedToCampaign)]
    if any(event.campaign == command.campaign for event in known):
        raise Rejected("is_in_campaign", "the case is in this campaign already", "case")
    return [CaseLinkedToCampaign(at=at, campaign=command.campaign)]


def original_of(case: Case) -> UUID | None:
    """The case that stands for this one; None for what is no duplicate."""
    found = (e for e in reversed(case.past) if isinstance(e, CaseLinked))
    return next((e.other for e in found if e.relation == "duplicate_of"), None)


def check_original(original: Case) -> None:
    """Raises Rejected for what cannot stand for another case."""
    if original.status == "new":
        raise Rejected("no_such_original", "there is no such case", "original")
    if original_of(original) is not None:
        raise Rejected("original_is_a_duplicate", "name the case that it is a duplicate of",
                       "original")  # fmt: skip


Decide = Callable[[LinkCase, Case], Sequence[CaseEvent]]


def both(
    decide: Decide, command: LinkCase, duplicate: UUID, states: Sequence[Case]
) -> list[Sequence[CaseEvent]]:
    """What happens to the original and to its duplicate, each decided by the rules of a case.
    Raises Rejected when one of the two says no."""
    original, left = states
    check_original(original)
    other = replace(command, other=duplicate, relation="has_duplicate")
    return [decide(other, original), decide(command, left)]

"""Of which events of a case its petitioner is told, and as what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast
from uuid import UUID

from services.grievance.case.events import (
    CaseAccepted,
    CaseClosed,
    CaseDeclined,
    CaseDispatched,
    CaseReopened,
    CaseShelved,
    ExtensionGranted,
    ProgressNoted,
    RedoOrdered,
    ReplySubmitted,
    ShelvedCaseReviewed,
)
from services.grievance.words import ToldOf
from shared.core.derived import derived
from shared.core.messages import Event

TOLD = (
    CaseAccepted
    | CaseDeclined
    | CaseDispatched
    | ProgressNoted
    | ExtensionGranted
    | ReplySubmitted
    | RedoOrdered
    | CaseShelved
    | ShelvedCaseReviewed
    | CaseClosed
    | CaseReopened
)
STEPS: Mapping[type[Event], ToldOf] = {
    CaseAccepted: "accepted",
    CaseDeclined: "not_accepted",
    CaseDispatched: "dispatched",
    ProgressNoted: "progress",
    ExtensionGranted: "prolonged",
    ReplySubmitted: "replied",
    RedoOrdered: "redo",
    CaseShelved: "shelved",
    ShelvedCaseReviewed: "reviewed",
    CaseClosed: "closed",
    CaseReopened: "reopened",
}
# What ends a case has a name of its own where it is no result of work.
ENDS = ("withdrawn", "duplicate")
# Taken over in bulk from another system: nobody is told of the past.
TAKEN_OVER = "migration"


def told_of(event: Event) -> ToldOf | None:
    """What the petitioner is told when this happens; None where they are not."""
    if event.late_reason == TAKEN_OVER:
        return None
    if isinstance(event, CaseClosed) and event.outcome in ENDS:
        return cast("ToldOf", event.outcome)
    return STEPS.get(type(event))


def notice_of(case_id: UUID, case_version: int) -> UUID:
    """The stream of the one notice that there can be of this event."""
    return derived("notice", str(case_id), str(case_version))

"""The callback: one answer a round, whoever gets it."""

from __future__ import annotations

from datetime import datetime

from services.grievance.case.commands import RecordCallback
from services.grievance.case.events import CallbackRecorded
from services.grievance.case.state import Case
from shared.core.messages import Rejected


def called_back(command: RecordCallback, case: Case, at: datetime) -> CallbackRecorded:
    """What the petitioner said when called. Raises Rejected for a second answer, and for answers
    that do not go together."""
    if case.reached:
        raise Rejected("already_called_back", "one answered callback a round is enough")
    answered = command.resolved is not None and command.satisfied is not None
    if command.contacted and not answered:
        raise Rejected("answers_missing", "ask whether it is resolved, and whether they are "
                       "satisfied", "resolved")  # fmt: skip
    if not command.contacted and (command.resolved is not None or command.satisfied is not None):
        raise Rejected(
            "answers_without_contact", "nobody was reached who could answer", "contacted"
        )
    return CallbackRecorded(
        at=at,
        contacted=command.contacted,
        resolved=command.resolved,
        satisfied=command.satisfied,
        words=command.words,
        **case.credited,
    )

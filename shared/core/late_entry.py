"""Late entries: something that is put on record after it happened says so, and says why."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from shared.core.messages import Rejected

# Reasons are chosen, not written: a written one could name a person in the clear.
LateReason = Literal["paper_form", "phone_note", "field_work", "outage", "handover", "migration"]
CLOCK_SLACK = timedelta(minutes=2)


def happened(now: datetime, occurred_at: datetime | None, reason: str | None) -> datetime:
    """When it happened. Raises Rejected for the future, or for a late entry without a reason."""
    if occurred_at is None:
        return now
    if occurred_at > now + CLOCK_SLACK:
        raise Rejected("occurs_in_the_future", "occurred_at lies in the future", "occurred_at")
    if occurred_at < now - CLOCK_SLACK and not reason:
        raise Rejected(
            "late_entry_needs_reason",
            "occurred_at lies in the past: say why it is entered late",
            "late_reason",
        )
    return occurred_at

"""Own events to contracts: what other services may know of a case. Pure."""

from __future__ import annotations

from services.grievance.log import GrievanceEvent
from shared.contracts.grievance import GRIEVANCE
from shared.core.envelope import Recorded
from shared.core.messages import Event

# How a case was handled inside the district is its own affair.
UNPUBLISHED: frozenset[str] = frozenset(
    {"assist-assigned", "assist-given", "case-linked", "exclusion-refused", "exclusion-requested",
     "extension-granted", "extension-refused", "extension-requested", "level-raised",
     "notice-delivered", "notice-failed", "notice-owed", "notice-undeliverable",
     "petition-withdrawn", "progress-noted", "remit-decided", "requester-contacted",
     "site-verified", "supervision-ended", "supervision-opened"}
)  # fmt: skip


def publish(recorded: Recorded[GrievanceEvent]) -> Event | None:
    """The contract of this event, or None when it concerns nobody else."""
    return GRIEVANCE.narrowed(recorded.event)

"""Own events to contracts: what other services may know of a case. Pure."""

from __future__ import annotations

from services.grievance.log import GrievanceEvent
from shared.contracts.grievance import GRIEVANCE
from shared.core.envelope import Recorded
from shared.core.messages import Event

# Who came when a whistle was blown.
WHISTLES = frozenset(
    {"turnout-confirmed", "unit-called", "unit-overdue", "unit-reported", "unit-result-given",
     "whistle-blown", "whistle-ended"}
)  # fmt: skip
# What was done about a place, and about which cases.
CAMPAIGNS = frozenset(
    {"campaign-case-linked", "campaign-closed", "campaign-opened", "campaign-result-recorded",
     "case-linked-to-campaign"}
)  # fmt: skip
# How a case was handled inside the district is its own affair.
UNPUBLISHED: frozenset[str] = frozenset(
    {"assist-assigned", "assist-given", "case-linked", "exclusion-refused", "exclusion-requested",
     "extension-granted", "extension-refused", "extension-requested", "level-raised",
     "notice-delivered", "notice-failed", "notice-owed", "notice-undeliverable",
     "petition-withdrawn", "progress-noted", "remit-decided", "requester-contacted",
     "rule-book-published", "rule-book-withdrawn", "site-verified", "supervision-ended",
     "supervision-opened", *WHISTLES, *CAMPAIGNS}
)  # fmt: skip


def publish(recorded: Recorded[GrievanceEvent]) -> Event | None:
    """The contract of this event, or None when it concerns nobody else."""
    return GRIEVANCE.narrowed(recorded.event)

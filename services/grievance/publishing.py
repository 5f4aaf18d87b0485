"""Own events to contracts: what other services may know of a case. Pure."""

from __future__ import annotations

from services.grievance.log import GrievanceEvent
from shared.contracts.grievance import GRIEVANCE
from shared.core.envelope import Recorded
from shared.core.messages import Event

UNPUBLISHED: frozenset[str] = frozenset()


def publish(recorded: Recorded[GrievanceEvent]) -> Event | None:
    """The contract of this event, or None when it concerns nobody else."""
    return GRIEVANCE.narrowed(recorded.event)

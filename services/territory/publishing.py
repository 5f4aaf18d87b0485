"""Own events to contracts: what other services may know of the map and the people on it. Pure."""

from __future__ import annotations

from services.territory.log import TerritoryEvent
from shared.contracts.territory import TERRITORY
from shared.core.envelope import Recorded
from shared.core.messages import Event

UNPUBLISHED: frozenset[str] = frozenset(
    {
        "contact-changed",
        "contact-consent-given",
        "contact-consent-withdrawn",
        "relative-declared",
        "relative-withdrawn",
        "care-tagged",
        "care-untagged",
        "double-absorbed",
        "erasure-asked",
        "erasure-answered",
        "erasure-completed",
        "unit-nested", "unit-linked", "unit-unlinked",
        "pledge-made", "pledge-fulfilled", "aid-given",
        "leave-taken", "leave-ended",
        "facility-planned", "function-added", "function-removed", "facility-used",
        "asset-registered",
        "handover-started", "figure-declared", "practice-adopted", "training-held",
        "governance-model-adopted", "block-type-assigned",
        "categories-defined", "routes-set",
    }
)  # fmt: skip


def publish(recorded: Recorded[TerritoryEvent]) -> Event | None:
    """The contract of this event, or None when it concerns nobody else."""
    return TERRITORY.narrowed(recorded.event)

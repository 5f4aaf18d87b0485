"""Where a claim is in the log."""

from __future__ import annotations

from uuid import UUID

from shared.core.derived import derived


def claim_by(person: UUID, proof: str) -> UUID:
    """The stream of the claim that this person makes with this photo: one photo, one claim."""
    return derived("points-claim", str(person), proof)


def source_of(claim: UUID) -> str:
    """What the account of the person calls the deed: nothing is given twice for one source."""
    return f"claim:{claim}"

"""Where a person's stars are in the log."""

from __future__ import annotations

from uuid import UUID

from shared.core.derived import derived


def stars_of(person: UUID) -> UUID:
    """The stream of this person's stars."""
    return derived("stars", str(person))

"""Where a volunteer is in the log."""

from __future__ import annotations

from uuid import UUID

from shared.core.derived import derived


def volunteer_of(person: UUID) -> UUID:
    """The stream of this person as a volunteer."""
    return derived("volunteer", str(person))

"""Where a person's account is in the log."""

from __future__ import annotations

from uuid import UUID

from shared.core.derived import derived


def account_of(person: UUID) -> UUID:
    """The stream of this person's service hours and time."""
    return derived("time-account", str(person))

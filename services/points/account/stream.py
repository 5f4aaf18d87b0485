"""Where an account is in the log."""

from __future__ import annotations

from uuid import UUID

from services.points.words import Holder
from shared.core.derived import derived


def account_of(kind: Holder, holder: UUID) -> UUID:
    """The stream of the points of this person or household."""
    return derived("points-account", kind, str(holder))

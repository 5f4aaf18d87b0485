"""Where a territory's pool is in the log."""

from __future__ import annotations

from uuid import UUID

from shared.core.derived import derived


def stream_of(territory: str) -> UUID:
    """The stream of this territory's pool of time."""
    return derived("time-pool", territory)

"""Where the erasure of a person is in the log."""

from __future__ import annotations

from uuid import UUID

from shared.core.derived import derived


def stream_of(subject: UUID) -> UUID:
    """The stream of this person's erasure."""
    return derived("erasure-stream", str(subject))

"""Where a person is in a log that knows no more of them than when to forget them."""

from __future__ import annotations

from uuid import UUID

from shared.core.derived import derived


def stream_of(subject: UUID) -> UUID:
    """The stream that says whether this person was erased."""
    return derived("person-stream", str(subject))

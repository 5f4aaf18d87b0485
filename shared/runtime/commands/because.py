"""What a command answers to: the event that somebody, or a policy, had before them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from shared.core import births
from shared.core.derived import derived
from shared.store import read
from shared.store.pool import Pool


class Because(NamedTuple):
    """The event that a command answers to: its id, the matter that it belongs to, and when it was
    recorded: what the command leads to is recorded no earlier."""

    causation_id: UUID
    correlation_id: UUID
    known_at: datetime


def caused_by(event: Sequence[str]) -> UUID:
    """The id of the event that `births.name` names: the same to everybody who answers to it, in
    whatever log."""
    return derived("event", *event)


async def because(pool: Pool, log: str, stream_id: UUID, version: int) -> Because | None:
    """That event of a stream of this service's own log; None where there is none."""
    async with pool.acquire(timeout=10) as connection:
        found = await read.place(connection, log, stream_id, version)
    if found is None:
        return None
    position, correlation_id, recorded_at = found
    event = births.name(log, position, births.FIRST)
    return Because(caused_by(event), correlation_id, recorded_at)

"""An event as the log holds it: with its place, its times and who caused it."""

from __future__ import annotations

from datetime import datetime
from typing import Generic, NamedTuple, TypeVar
from uuid import UUID

from shared.core.messages import Event

E = TypeVar("E", bound=Event, covariant=True)


class Recorded(NamedTuple, Generic[E]):
    """One event of the log. `occurred_at` is when it happened, `recorded_at` when we learnt it."""

    log: str
    position: int
    stream_id: UUID
    version: int
    type: str
    schema_version: int
    territory: str
    actor: str
    command_id: UUID
    correlation_id: UUID
    causation_id: UUID | None
    origin: str
    occurred_at: datetime
    recorded_at: datetime
    event: E

"""A contract on its way: the envelope of an event, its payload still in bytes."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

# Sent in the place of an event that its own service cannot publish; consumers park its stream.
UNPUBLISHABLE = "unpublishable"


class Sent(NamedTuple):
    """An event's place, times and cause, as in the log, with the contract's payload."""

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
    payload: bytes


class Life(NamedTuple):
    """A log, and which of its lives: a restore that loses a tail begins another epoch."""

    log: str
    epoch: int


class Message(NamedTuple):
    """What one record of a topic says: all of its partition past `previous` up to `position`.

    `sent` is the event at `position`; a heartbeat has none. `at` is the time up to which the log
    is known by it.
    """

    log: str
    epoch: int
    position: int
    previous: int
    at: datetime
    sent: Sent | None


class Garbled(Exception):
    """A record whose envelope cannot be read; the message says what is wrong."""

"""The bytes that are hashed: canonical payloads, the digest of an event, the link of a chain.

The layout is frozen. A verifier needs only this page:

* payload: JSON, UTF-8, keys sorted, no spaces, no floats;
* digest: SHA-256 over TAG and the fields in order, each behind its length (4 bytes, big-endian);
  text as UTF-8, ids as 16 bytes, numbers and times as 8 bytes big-endian signed, times in
  microseconds since 1970-01-01 UTC, an absent id as no bytes;
* hash: SHA-256 over previous hash (32 zero bytes at version 1), digest, position and recorded_at.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from struct import Struct
from typing import NamedTuple
from uuid import UUID

import orjson

TAG = b"linli.event.v1"
GENESIS = bytes(32)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
_INT = Struct(">q").pack
_LENGTH = Struct(">I").pack
_TWO = Struct(">qq").pack


class Facts(NamedTuple):
    """Every field of an event that its digest covers, in the digest's order."""

    log: str
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
    payload: bytes


def canonical(payload: Mapping[str, object]) -> bytes:
    """The payload as it is stored and hashed. Raises TypeError for what JSON cannot hold."""
    return orjson.dumps(payload, option=orjson.OPT_SORT_KEYS)


def microseconds(moment: datetime) -> int:
    """Whole microseconds since 1970-01-01 UTC, without passing through a float."""
    return (moment - EPOCH) // MICROSECOND


def digest(facts: Facts) -> bytes:
    """SHA-256 of the event's own facts; made before the log gives it a place."""
    causation = facts.causation_id
    parts = (
        facts.log.encode(),
        facts.stream_id.bytes,
        _INT(facts.version),
        facts.type.encode(),
        _INT(facts.schema_version),
        facts.territory.encode(),
        facts.actor.encode(),
        facts.command_id.bytes,
        facts.correlation_id.bytes,
        b"" if causation is None else causation.bytes,
        facts.origin.encode(),
        _INT(microseconds(facts.occurred_at)),
        facts.payload,
    )
    return sha256(TAG + b"".join([_LENGTH(len(part)) + part for part in parts])).digest()


def link(previous: bytes, own: bytes, position: int, recorded_at: datetime) -> bytes:
    """The event's hash: its digest tied to its place, its time and all that came before it."""
    return sha256(previous + own + _TWO(position, microseconds(recorded_at))).digest()

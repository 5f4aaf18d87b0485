"""One stream, hashed again from its first event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.core.canonical import GENESIS, Facts, digest, link
from shared.store.pool import Connection
from shared.store.verify import NO_COMMAND, NO_DIGEST, NO_LINK, TOO_EARLY, Broken

STREAM = """
select e.log, e.stream_id, e.version, e.type, e.schema_version, e.territory, e.actor, e.command_id,
       e.correlation_id, e.causation_id, e.origin, e.occurred_at, e.payload,
       e.position, e.recorded_at, e.digest, e.hash, p.hash as previous, p.position as after,
       c.first_position, c.last_position
from event e
left join event p on p.stream_id = e.stream_id and p.version = e.version - 1
left join command c on c.id = e.command_id
where e.stream_id = $1 order by e.version
"""
FACTS = 13


@dataclass(frozen=True)
class Chain:
    """How far a stream holds: so many events from its first, the last of which has the hash `head`;
    `broken` ends it."""

    events: int
    head: bytes | None = None
    broken: Broken | None = None


async def verify_stream(connection: Connection, stream_id: UUID) -> Chain:
    """Check one stream from its first event, as `verify` checks all.

    Found: a changed, removed or added event of it, but for events cut off at its end.
    """
    return chain_of(await rows_of(connection, stream_id))


async def rows_of(connection: Connection, stream_id: UUID) -> Sequence[Any]:
    """The stream with all that its check needs: what `facts` and `chain_of` take."""
    return await connection.fetch(STREAM, stream_id)


def facts(row: Any) -> Facts:
    """What the digest of such a row is made of."""
    return Facts(*row[:FACTS])


def chain_of(rows: Sequence[Any]) -> Chain:
    """The check of a stream's rows, in order of version."""
    chain, before = Chain(0), (0, None)
    for row in rows:
        if reason := _out_of_turn(row, chain.events, *before) or _forged(row):
            return Chain(chain.events, chain.head, Broken(row["position"], reason))
        chain, before = Chain(row["version"], row["hash"]), (row["position"], row["recorded_at"])
    return chain


def _out_of_turn(row: Any, version: int, position: int, moment: datetime | None) -> str | None:
    if row["version"] != version + 1:
        return f"version {version + 1} of its stream is missing"
    if row["position"] <= position or (moment is not None and row["recorded_at"] < moment):
        return TOO_EARLY
    return None


def _forged(row: Any) -> str | None:
    if digest(facts(row)) != row["digest"]:
        return NO_DIGEST
    previous = row["previous"] if row["version"] > 1 else GENESIS
    if link(previous, row["digest"], row["position"], row["recorded_at"]) != row["hash"]:
        return NO_LINK
    first, last = row["first_position"], row["last_position"]
    if first is None or not first <= row["position"] <= last:
        return NO_COMMAND
    return None

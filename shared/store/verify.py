"""Verify: hash everything again, in order, and name the first place that does not hold."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.core.canonical import GENESIS, Facts, digest, link
from shared.store.pool import Connection

PAGE = 5_000
LINKED = """
select e.log, e.stream_id, e.version, e.type, e.schema_version, e.territory, e.actor, e.command_id,
       e.correlation_id, e.causation_id, e.origin, e.occurred_at, e.payload,
       e.position, e.recorded_at, e.digest, e.hash, p.hash as previous, p.position as after,
       c.first_position, c.last_position
from event e
left join event p on p.stream_id = e.stream_id and p.version = e.version - 1
left join command c on c.id = e.command_id
"""
EVENTS = f"{LINKED} where e.log = $1 and e.position > $2 order by e.position limit $3"
STREAM = f"{LINKED} where e.stream_id = $1 order by e.version"
FACTS = 13


@dataclass(frozen=True)
class Broken:
    """The first position that does not hold, and why."""

    position: int
    reason: str


@dataclass(frozen=True)
class Verified:
    """How far the log has been checked; `broken` ends it."""

    position: int
    broken: Broken | None = None


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
    chain, before = Chain(0), (0, None)
    for row in await connection.fetch(STREAM, stream_id):
        if reason := _out_of_turn(row, chain.events, *before) or _forged(row):
            return Chain(chain.events, chain.head, Broken(row["position"], reason))
        chain, before = Chain(row["version"], row["hash"]), (row["position"], row["recorded_at"])
    return chain


async def verify(connection: Connection, log: str) -> AsyncIterator[Verified]:
    """Check the log page by page, in bounded memory, up to its end or its first broken place.

    Found: a changed, removed, added or moved event, but for events cut off at the very end, which
    only a checkpoint kept elsewhere can show.
    """
    position, moment = 0, None
    while rows := await connection.fetch(EVENTS, log, position, PAGE):
        for row in rows:
            if reason := _fault(row, position, moment):
                yield Verified(position, Broken(min(row["position"], position + 1), reason))
                return
            position, moment = row["position"], row["recorded_at"]
        yield Verified(position)


def _fault(row: Any, before: int, moment: datetime | None) -> str | None:
    return _misplaced(row, before, moment) or _forged(row)


def _out_of_turn(row: Any, version: int, position: int, moment: datetime | None) -> str | None:
    if row["version"] != version + 1:
        return f"version {version + 1} of its stream is missing"
    if row["position"] <= position or (moment is not None and row["recorded_at"] < moment):
        return "recorded before the event ahead of it"
    return None


def _misplaced(row: Any, before: int, moment: datetime | None) -> str | None:
    if row["position"] != before + 1:
        return "the event at this position is missing"
    if moment is not None and row["recorded_at"] < moment:
        return "recorded before the event ahead of it"
    if row["version"] > 1 and (row["after"] is None or row["after"] > row["position"]):
        return f"version {row['version'] - 1} of its stream is missing or comes later"
    return None


def _forged(row: Any) -> str | None:
    if digest(Facts(*row[:FACTS])) != row["digest"]:
        return "the event is not what its digest was made of"
    previous = row["previous"] if row["version"] > 1 else GENESIS
    if link(previous, row["digest"], row["position"], row["recorded_at"]) != row["hash"]:
        return "its hash does not follow from the hash before it"
    first, last = row["first_position"], row["last_position"]
    if first is None or not first <= row["position"] <= last:
        return "no command answers for it"
    return None

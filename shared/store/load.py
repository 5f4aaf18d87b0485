"""Load: the streams of many commands, and the stored answers of many ids, in one trip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from shared.store.pool import Connection

# Lateral, so that each stream is one walk of its own index whatever the statistics say.
LOAD = """
select 0 as kind, s.id as key, e.stream_id, e.version, e.type, e.schema_version, e.occurred_at,
       e.recorded_at, e.payload, null::bytea as fingerprint, e.position
from unnest($1::uuid[]) s(id)
cross join lateral (
    select * from event where stream_id = s.id order by version) e
union all
select 1, c.id, e.stream_id, e.version, null, null, null, e.recorded_at, null, c.fingerprint,
       e.position
from unnest($2::uuid[]) k(id)
join command c on c.id = k.id
left join lateral (
    select * from event where log = c.log and position between c.first_position and c.last_position
    order by position) e on true
"""


class Stored(NamedTuple):
    """An event as a decision needs it: no more than its fold asks for."""

    version: int
    type: str
    schema_version: int
    occurred_at: datetime
    payload: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command did, the same for every retry: its events' streams and versions.

    `position` is the log position of its last event, 0 when it changed nothing.
    """

    versions: tuple[tuple[UUID, int], ...]
    position: int
    recorded_at: datetime | None
    fingerprint: bytes
    repeated: bool = False


class Loaded(NamedTuple):
    """Streams that exist, and the answers of the ids that are known."""

    streams: Mapping[UUID, Sequence[Stored]]
    answers: Mapping[UUID, Answer]


async def load(
    connection: Connection, streams: Sequence[UUID], command_ids: Sequence[UUID]
) -> Loaded:
    """Everything needed to decide a group of commands, read in one statement."""
    events: dict[UUID, list[Stored]] = {}
    answered: dict[UUID, list[Any]] = {}
    for row in await connection.fetch(LOAD, streams, command_ids):
        if row[0] == 0:
            stored = Stored(row[3], row[4], row[5], row[6], row[8])
            events.setdefault(row[1], []).append(stored)
        else:
            answered.setdefault(row[1], []).append(row)
    return Loaded(events, {key: _answer(rows) for key, rows in answered.items()})


def _answer(rows: Sequence[Any]) -> Answer:
    if rows[0]["stream_id"] is None:
        return Answer((), 0, None, rows[0]["fingerprint"], repeated=True)
    return Answer(
        versions=tuple((row["stream_id"], row["version"]) for row in rows),
        position=rows[-1]["position"],
        recorded_at=rows[-1]["recorded_at"],
        fingerprint=rows[-1]["fingerprint"],
        repeated=True,
    )

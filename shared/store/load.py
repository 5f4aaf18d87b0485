"""Load: the streams of many commands, and the stored answers of many ids, in one trip."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from shared.store.pool import Connection

# Lateral, so that each stream is one walk of its own index whatever the statistics say, and the
# rows of one place stay together.
# `place` counts streams from 1 up and ids from -1 down: a number is read faster than an id.
LOAD = """
select s.n as place, e.type, e.schema_version, e.payload as bytes, e.occurred_at as moment,
       null::uuid as stream_id, null::int as version, null::bigint as position
from unnest($1::uuid[]) with ordinality s(id, n)
cross join lateral (
    select * from event where stream_id = s.id order by version) e
union all
select -k.n, null, null, c.fingerprint, e.recorded_at, e.stream_id, e.version, e.position
from unnest($2::uuid[]) with ordinality k(id, n)
cross join lateral (
    select * from command where id = k.id limit 1) c
left join lateral (
    select * from event where log = c.log and position between c.first_position and c.last_position
    order by position) e on true
"""


# An event as a decision needs it: type, schema version, payload, when it occurred. A plain tuple,
# because a command makes as many as its stream is long.
Stored = tuple[str, int, bytes, datetime]


class Answer(NamedTuple):
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

    streams: dict[UUID, Sequence[Stored]]
    answers: dict[UUID, Answer]


async def load(
    connection: Connection, streams: Sequence[UUID], command_ids: Sequence[UUID]
) -> Loaded:
    """Everything needed to decide a group of commands, read in one statement."""
    wanted, asked = list(set(streams)), list(set(command_ids))
    rows = await connection.fetch(LOAD, wanted, asked)
    loaded = Loaded({}, {})
    for place, same in groupby(rows, itemgetter(0)):
        if place > 0:
            loaded.streams[wanted[place - 1]] = [row[1:5] for row in same]
        else:
            loaded.answers[asked[-place - 1]] = _answer(list(same))
    return loaded


def _answer(rows: Sequence[Any]) -> Answer:
    if rows[0]["stream_id"] is None:
        return Answer((), 0, None, rows[0]["bytes"], repeated=True)
    return Answer(
        versions=tuple((row["stream_id"], row["version"]) for row in rows),
        position=rows[-1]["position"],
        recorded_at=rows[-1]["moment"],
        fingerprint=rows[-1]["bytes"],
        repeated=True,
    )

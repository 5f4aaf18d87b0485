"""Events as COPY hands them out in binary: each field behind its length of four bytes, as the
digest of an event has them too. So what is hashed is cut out of the stream as it comes."""

from __future__ import annotations

from collections.abc import Iterator
from struct import Struct
from typing import NamedTuple

from shared.core.canonical import TAG
from shared.store.pool import Connection

# Times count from 2000 in PostgreSQL and from 1970 in a digest, 262,968 hours earlier.
COPIED = """
select log, stream_id, version::bigint, type, schema_version::bigint, territory, actor, command_id,
       correlation_id, coalesce(uuid_send(causation_id), '') as causation, origin,
       occurred_at + interval '262968 hours' as occurred, payload,
       digest, hash, position, recorded_at + interval '262968 hours' as recorded
from event where log = $1 and position > $2 and position <= $3 order by position
"""
HEADER = 19  # signature, flags, length of the extension
COUNT, FIELDS = 2, 17
_LENGTH = Struct(">I").unpack_from
_NUMBER = Struct(">q").unpack_from


class Copied(NamedTuple):
    """One event: what its digest was made of behind the tag, what the log says of it; `place` is
    position and recorded_at as they are hashed."""

    facts: bytes
    stream: bytes
    version: int
    digest: bytes
    hash: bytes
    place: bytes
    position: int
    recorded: int


async def copied(connection: Connection, log: str, after: int, until: int) -> bytes:
    """The events of a log with `after` < position <= `until`, as COPY has them."""
    parts: list[bytes] = []

    async def take(part: bytes) -> None:
        parts.append(part)

    await connection.copy_from_query(COPIED, log, after, until, output=take, format="binary")
    return b"".join(parts)


def events(told: bytes, log: str) -> Iterator[Copied]:
    """The events in such a row of bytes, all of one log."""
    begin = COUNT
    stream = begin + 4 + len(log.encode()) + 4  # of fixed length are: log, stream, version, …
    kind = stream + 16 + 12
    at, tag, length, number, make = HEADER, TAG, _LENGTH, _NUMBER, tuple.__new__
    end = len(told) - COUNT
    while at < end:
        here = at + kind
        here += 4 + length(told, here)[0] + 12  # type, schema version
        here += 4 + length(told, here)[0]  # territory
        here += 4 + length(told, here)[0] + 40  # actor, command, correlation
        here += 4 + length(told, here)[0]  # causation
        here += 4 + length(told, here)[0] + 12  # origin, occurred
        here += 4 + length(told, here)[0]  # payload
        own = here + 4 + length(told, here)[0]
        linked = own + 4 + length(told, own)[0]
        place = told[linked + 4 : linked + 12] + told[linked + 16 : linked + 24]
        fields = (
            tag + told[at + begin : here],
            told[at + stream : at + stream + 16],
            number(told, at + stream + 20)[0],
            told[here + 4 : own],
            told[own + 4 : linked],
            place,
            number(place)[0],
            number(place, 8)[0],
        )
        yield make(Copied, fields)
        at = linked + 24

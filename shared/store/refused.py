"""What policies asked for and rules turned down: a list that people look at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from shared.store.pool import Connection

NOTE = """
insert into refused (policy, log, position, ordinal, stream_id, code)
select $1, $2, * from unnest($3::bigint[], $4::int[], $5::uuid[], $6::text[])
on conflict do nothing
"""
PAST = "select position, ordinal from refused where policy = $1 and log = $2 and position > $3"
FORGET_PAST = "delete from refused where policy = $1 and log = $2 and position > $3"
OF = """
select policy, log, position, ordinal, stream_id, code, refused_at from refused
order by refused_at, policy, position, ordinal
"""


class Refusal(NamedTuple):
    """The command number `ordinal` to this stream, in answer to the event at `position`."""

    position: int
    ordinal: int
    stream_id: UUID
    code: str


class Refused(NamedTuple):
    """A line of the list."""

    policy: str
    log: str
    position: int
    ordinal: int
    stream_id: UUID
    code: str
    refused_at: datetime


async def note(connection: Connection, policy: str, log: str, refusals: Sequence[Refusal]) -> None:
    """Put these on the list, each once."""
    if refusals:
        columns = [list(column) for column in zip(*refusals, strict=True)]
        await connection.execute(NOTE, policy, log, *columns)


async def of(connection: Connection) -> list[Refused]:
    """Everything on the list, the oldest first."""
    return [Refused(*row) for row in await connection.fetch(OF)]


async def past(
    connection: Connection, policy: str, log: str, position: int
) -> set[tuple[int, int]]:
    """Position and ordinal of what was refused to events past this position."""
    return {(row[0], row[1]) for row in await connection.fetch(PAST, policy, log, position)}


async def forget_past(connection: Connection, policy: str, log: str, position: int) -> None:
    """What was refused to events past this position is on the list no longer."""
    await connection.execute(FORGET_PAST, policy, log, position)

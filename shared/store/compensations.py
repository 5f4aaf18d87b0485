"""What policies asked for because of events that are lost: people decide what is to be undone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from shared.store.pool import Connection

ANSWERED = "select id from command where id = any($1)"
NOTE = """
insert into compensation (policy, log, epoch, position, ordinal, command_id)
select $1, $2, * from unnest($3::int[], $4::bigint[], $5::int[], $6::uuid[])
on conflict do nothing
"""
OF = """
select c.policy, c.log, c.epoch, c.position, c.ordinal, c.command_id, c.noted_at,
       array_remove(array_agg(distinct e.stream_id), null) as streams,
       array_remove(array_agg(distinct e.type), null) as types
from compensation c
left join command k on k.id = c.command_id
left join event e on e.log = k.log and e.position between k.first_position and k.last_position
group by c.policy, c.log, c.epoch, c.position, c.ordinal
order by c.noted_at, c.policy, c.log, c.epoch, c.position, c.ordinal
"""


class Reaction(NamedTuple):
    """Command number `ordinal` in answer to the event at `position`, born in `epoch`."""

    epoch: int
    position: int
    ordinal: int
    command_id: UUID


class Compensation(NamedTuple):
    """A line of the list: the lost event, and what followed from it here, streams and types."""

    policy: str
    log: str
    epoch: int
    position: int
    ordinal: int
    command_id: UUID
    noted_at: datetime
    streams: list[UUID]
    types: list[str]


async def answered(connection: Connection, command_ids: Collection[UUID]) -> set[UUID]:
    """Those of these commands that were asked for, and not refused."""
    rows = await connection.fetch(ANSWERED, list(command_ids))
    return {row["id"] for row in rows}


async def note(
    connection: Connection, policy: str, log: str, reactions: Sequence[Reaction]
) -> None:
    """Put these on the list, each once."""
    if reactions:
        columns = [list(column) for column in zip(*reactions, strict=True)]
        await connection.execute(NOTE, policy, log, *columns)


async def of(connection: Connection) -> list[Compensation]:
    """Everything on the list, the oldest first."""
    return [Compensation(*row) for row in await connection.fetch(OF)]

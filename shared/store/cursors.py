"""Cursors: how far a subscription has come, moved in the transaction of its effect.

One per partition of a topic; a subscription to the service's own log has a single one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from shared.core.births import Fork
from shared.core.chain import Place
from shared.store.pool import Connection

# The watermark of several partitions is that of the one furthest behind.
READ = """
select s.name, coalesce(min(c.position), 0) as position,
       case when count(*) = count(c.recorded_at) then min(c.recorded_at) end as recorded_at
from unnest($1::text[]) s(name) left join cursor c on c.subscription = s.name and c.log = $2
group by s.name
"""
MOVED = """
select coalesce(min(position), 0), coalesce(sum(position), 0)::bigint, max(recorded_at)
from cursor where subscription = $1 and log = $2
"""
BEGIN = """
insert into cursor (subscription, log, position) select unnest($1::text[]), $2, $3
on conflict do nothing
"""
MOVE = """
update cursor set position = $4, recorded_at = $5
where subscription = any($1::text[]) and log = $2 and topic = '' and position = $3
"""
FORGET = "delete from cursor where subscription = $1 and log = $2"

BEGIN_PARTITIONS = """
insert into cursor (subscription, log, epoch, topic, partition, position)
select $1, $2, $3, $4, p.partition, $6 from generate_series(0, $5 - 1) p(partition)
on conflict do nothing
"""
PLACES = """
select partition, position, recorded_at from cursor
where subscription = $1 and log = $2 and epoch = $3 and topic = $4 order by partition
"""
# Of whatever epoch they are: a subscription is in one at a time.
STANDING = """
select epoch, partition, position, recorded_at from cursor
where subscription = $1 and log = $2 and topic = $3 order by partition
"""
ENTER = """
update cursor set epoch = $5, position = least(position, $6), recorded_at = null
where subscription = $1 and log = $2 and epoch = $3 and topic = $4
"""
ADVANCE = """
update cursor c set position = n.position, recorded_at = n.recorded_at
from unnest($5::int[], $6::bigint[], $7::bigint[], $8::timestamptz[])
     n(partition, expected, position, recorded_at)
where c.subscription = $1 and c.log = $2 and c.epoch = $3 and c.topic = $4
  and c.partition = n.partition and c.position = n.expected
"""


class Watermark(NamedTuple):
    """The position and the time up to which an answer is true."""

    position: int
    recorded_at: datetime | None


class Reading(NamedTuple):
    """A subscription's reading of one topic in one epoch of its log."""

    subscription: str
    log: str
    epoch: int
    topic: str


class CursorMoved(Exception):
    """Another runner moved the cursor: this page must not be written."""


async def read(connection: Connection, names: Sequence[str], log: str) -> dict[str, Watermark]:
    """Where each subscription stands; 0 for one that has not begun."""
    rows = await connection.fetch(READ, names, log)
    return {row["name"]: Watermark(row["position"], row["recorded_at"]) for row in rows}


async def moved(connection: Connection, name: str, log: str) -> tuple[int, int, datetime | None]:
    """The position of the partition that is furthest behind, the sum of all of them, and the time
    of the one that is furthest ahead."""
    row = await connection.fetchrow(MOVED, name, log)
    assert row is not None
    return row[0], row[1], row[2]


async def begin(connection: Connection, names: Sequence[str], log: str, position: int = 0) -> None:
    """Make the cursors that do not exist yet, at `position`."""
    await connection.execute(BEGIN, names, log, position)


async def move(
    connection: Connection, names: Sequence[str], log: str, steps: tuple[int, Watermark]
) -> None:
    """Move all of them from one position to the next. Raises CursorMoved when one was not there."""
    before, after = steps
    done = await connection.execute(MOVE, names, log, before, after.position, after.recorded_at)
    if done != f"UPDATE {len(names)}":
        raise CursorMoved


async def forget(connection: Connection, name: str, log: str) -> None:
    """Drop the cursor: the subscription will begin again at 0."""
    await connection.execute(FORGET, name, log)


async def begin_partitions(
    connection: Connection, reading: Reading, partitions: int, position: int = 0
) -> None:
    """Make the cursors of this many partitions that do not exist yet, at `position`."""
    await connection.execute(BEGIN_PARTITIONS, *reading, partitions, position)


async def places(
    connection: Connection, reading: Reading, *, hold: bool = False
) -> dict[int, Place]:
    """Where each partition stands; with `hold` they move no further until this transaction ends.

    The rows of the cursors are the lock that pages, replays and rebuilds share.
    """
    rows = await connection.fetch(PLACES + (" for update" if hold else ""), *reading)
    return {row["partition"]: Place(row["position"], row["recorded_at"]) for row in rows}


async def standing(
    connection: Connection, about: Reading, *, hold: bool = False
) -> tuple[Reading, dict[int, Place]]:
    """The reading in the epoch that its cursors are in, and where each partition stands; as it is
    told where there are none yet. `hold` as for `places`."""
    named = (about.subscription, about.log, about.topic)
    rows = await connection.fetch(STANDING + (" for update" if hold else ""), *named)
    found = {row["partition"]: Place(row["position"], row["recorded_at"]) for row in rows}
    return (about._replace(epoch=rows[0]["epoch"]) if rows else about), found


async def enter(connection: Connection, reading: Reading, to: Fork) -> None:
    """Go on in another epoch; what stands past its fork goes back there. Up to which time that is
    true is not known yet."""
    await connection.execute(ENTER, *reading, *to)


async def advance(
    connection: Connection,
    reading: Reading,
    before: Mapping[int, Place],
    after: Mapping[int, Place],
) -> None:
    """Move these partitions on from where they were. Raises CursorMoved when one was not there."""
    numbers = sorted(after)
    done = await connection.execute(
        ADVANCE,
        *reading,
        numbers,
        [before[number].position for number in numbers],
        [after[number].position for number in numbers],
        [after[number].at for number in numbers],
    )
    if done != f"UPDATE {len(numbers)}":
        raise CursorMoved
